"""Where the business meets the engine.

How the parts are put together when the program starts:

    store      = SqliteStore(data / "spaces.db", index=index)      # replication.index.index
    shelf      = Shelf(data / "files", clock)                      # files.actions
    spaces     = StoredSpaces(store, shelf)                        # replication.spaces, a kit.spaces.Spaces
    doorkeeper = Doorkeeper(store)                                 # replication.doorkeeper

    door.routes(store, SpaceHooks(doorkeeper, sessions), …)        # replication.hooks

Controllers: SpaceController (here), ProcessController (processes), FileController (files), PrivacyController (privacy).
They ask for doorkeeper, sessions, spaces, shelf, clock, server_id, volumes = Volumes(store), rights =
FileRights(doorkeeper), start_limit = StartLimit(), register = make_register(TYPES, TABLES).

Beside the server, one task each (kit.background.keep_running): HeldWork(doorkeeper, spaces, clock).run, and of
projections: everything.follower(store, spaces, clock, TYPES).run.
"""
