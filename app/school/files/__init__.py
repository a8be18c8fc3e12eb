"""Files that come in and go out: EDEXML, SCOL, DULT, the eindtoets and user-defined exports."""
