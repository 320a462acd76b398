"""Where the business meets the engine. How the parts are put together when the program starts:

    store      = SqliteStore(data / "spaces.db", index=index)      # replication.index.index
    shelf      = Shelf(data / "files", clock)                      # files.actions
    spaces     = StoredSpaces(store, shelf)                        # replication.spaces, a kit.spaces.Spaces
    doorkeeper = Doorkeeper(store)                                 # replication.doorkeeper

    door.routes(store, SpaceHooks(doorkeeper, sessions), …)        # replication.hooks
    controllers: SpaceController (replication), ProcessController (processes), FileController (files),
                 PrivacyController (privacy)
    which ask for: doorkeeper, sessions, spaces, shelf, clock, server_id, volumes=Volumes(store),
                 rights=FileRights(doorkeeper), start_limit=StartLimit(), register=register(TYPES, TABLES)

    beside the server, one task each (kit.background.keep_running):
                 HeldWork(doorkeeper, spaces, clock).run           # replication.held
                 Follower(store, spaces, clock).run                # projections.follower
"""
