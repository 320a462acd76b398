"""The catalogue: schemas of processes, INTERLINKERs and the problems they answer, in the space `commons`."""
