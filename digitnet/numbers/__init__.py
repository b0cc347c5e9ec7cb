"""Read numbers: by the pieces of the ink, by the sequence model, and by weighing both.

Reading order: `pieces`, `parts`, `cuts` and `by_pieces`; `lines`, `strip`, `features`,
`sequence_model`, `ctc` and `views`; `line_reading`, `number_reader`, `hypotheses`, `digit_boxes`
and `probabilities`.
"""
