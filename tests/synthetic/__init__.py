"""Pictures of the sample's digits on synthetic paper, so that nobody's handwriting is needed.

::

    writing    a digit's strokes, at the scale of a photo, by a pen of any weight
    paper      rulings, patterns, specks, and the light that falls on them
    beside     what stands on the paper beside the digit: boxes, lines, holes, other digits
    around     what is around the paper: a table, a frame, or nothing
    camera     the view, its blur and noise, and the file
    scene      a digit on a page before a camera: every condition a number
    photos     kinds: all sorts of paper, pens and light
    drawings   kinds: a paint program's, and tiny ones
    things     kinds: something shares the picture with the digit
    kinds      all of them, each mild, moderate and strong
    score      how many of them a model reads
"""
