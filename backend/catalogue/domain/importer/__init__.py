"""Reading a catalogue folder in the form of the original INTERLINK project.

The form is what `interlink-project/backend-catalogue` keeps in `catalogue/seed` (Apache-2.0):

    schemas/<id>/metadata.json                   a schema: names, languages, licence
    schemas/<id>/phases/*.json                   its phases, in no order; `prerequisites` give the order
    interlinkers/<kind>/<folder>/metadata.json   an INTERLINKER of one of four kinds
    interlinkers/<kind>/<folder>/snapshots/*     pictures of it, numbered
    problemprofiles/problemprofiles.json         all problem profiles

Our own content (`backend/catalogue/content`) is written in the same form, so there is one road.

    raw      what the files hold, member by member
    folder   the files: nothing outside is read, each failure names file, field and reason
    read     the whole folder → `found`, raw structs with the files they came from
    references  nothing twice, no profile named that nobody describes
    text     the words: languages without text, double escapes, line ends, HTML
    vocabulary  closed lists and paths
    order    prerequisites → the order in which things are done
    picture  is this a PNG or JPEG we take, and how large is it
"""
