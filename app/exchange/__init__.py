"""Pure formats: UWLR messages, EDEXML and safe XML; imports nothing of ours but what a refusal is."""
