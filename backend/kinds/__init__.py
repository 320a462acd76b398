"""What people make together in an item: pages, checklists, discussions and every later kind of INTERLINKER."""
