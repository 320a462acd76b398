"""Reading a catalogue folder in the form of the original INTERLINK project.

The form is what `interlink-project/backend-catalogue` keeps in `catalogue/seed` (Apache-2.0):

    schemas/<id>/metadata.json                   a schema: names, languages, licence
    schemas/<id>/phases/*.json                   its phases, in no order; `prerequisites` give the order
    interlinkers/<kind>/<folder>/metadata.json   an INTERLINKER; kind = knowledge, externalknowledge, software, externalsoftware
    interlinkers/<kind>/<folder>/snapshots/*     pictures of it, numbered
    problemprofiles/problemprofiles.json         all problem profiles

Our own content (`backend/catalogue/content`) is written in the same form, so there is one road.

    raw      what the files hold, member by member
    read     files → raw, naming file, field and reason of what is wrong
    text     the words: languages without text, double escapes, line ends, HTML
    vocabulary  closed lists and paths
    order    prerequisites → the order in which things are done
    picture  is this a PNG or JPEG we take, and how large is it
"""
