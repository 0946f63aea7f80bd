package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** Refuses a value of what is gone from the classes of today. Immutable. */
record GoneReader(String what) implements ValueReader {
    @Override
    public Object read(BinaryReader in) {
        throw new MillraceException(
                ErrorCode.SCHEMA_INCOMPATIBLE,
                "stored data has " + what + ", which is not there any more. Put it back.");
    }
}
