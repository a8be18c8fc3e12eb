"""Pure formats: UWLR messages, EDEXML and safe XML; depends on nothing of ours but refusals."""
