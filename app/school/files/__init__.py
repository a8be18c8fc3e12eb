"""Files that come in and go out: EDEXML, SCOL, DULT, the eindtoets and exports of one's own."""
