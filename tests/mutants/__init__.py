"""True drafts of short articles, and the ways in which a draft can be made wrong.

`articles/*.toml` holds invented articles in several languages, each with a draft that is true in every field; `specimens`
loads them, beside the recorded answer for the example article. `operators` breaks one thing at a time.
"""
