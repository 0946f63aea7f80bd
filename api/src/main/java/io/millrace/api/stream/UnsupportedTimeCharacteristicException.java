package io.millrace.api.stream;

import io.millrace.api.error.FlinkRuntimeException;

/** For operators of programs that need another time characteristic than the one set. */
public class UnsupportedTimeCharacteristicException extends FlinkRuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedTimeCharacteristicException(String message) {
        super(message);
    }
}
