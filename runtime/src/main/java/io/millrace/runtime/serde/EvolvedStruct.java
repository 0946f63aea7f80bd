package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** Reads a struct whose class has changed. Immutable. */
final class EvolvedStruct implements ValueReader {
    private final WrittenFields fields;
    private final ValueReader[] readers;
    private final int[] targets;
    private final StructMaker maker;

    /**
     * @param readers one for each written field
     * @param targets the place of each in the class of today; -1 if it is skipped
     */
    EvolvedStruct(WrittenFields fields, ValueReader[] readers, int[] targets, StructMaker maker) {
        this.fields = fields;
        this.readers = readers;
        this.targets = targets;
        this.maker = maker;
    }

    @Override
    public Object read(BinaryReader in) {
        Object[] values = maker.begin();
        fields.walk(
                in,
                (field, present) -> {
                    Object value = present ? readers[field].read(in) : null;
                    int target = targets[field];
                    if (target >= 0) {
                        if (value == null && maker.isPrimitive(target)) {
                            throw new MillraceException(
                                    ErrorCode.SCHEMA_INCOMPATIBLE,
                                    "stored data has null in the field '"
                                            + maker.name(target)
                                            + "', which is a primitive now. Make it a boxed type"
                                            + " again.");
                        }
                        maker.set(values, target, value);
                    }
                });
        return maker.end(values);
    }
}
