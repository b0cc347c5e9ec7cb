"""Pictures of the sample's digits on synthetic paper, so that nobody's handwriting is needed.

::

    writing    a digit's strokes, at the scale of a photo, by a pen of any weight
    paper      rulings, specks, and the light that falls on them
    camera     the view, its blur and noise, and the file
    kinds      the kinds of pictures, each mild, moderate and strong
    score      how many of them a model reads
"""
