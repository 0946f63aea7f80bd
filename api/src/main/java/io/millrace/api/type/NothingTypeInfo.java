package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;

/** The description of the type that has no values. Immutable. */
public class NothingTypeInfo extends SimpleType<Nothing> {
    private static final long serialVersionUID = 1L;

    public NothingTypeInfo() {
        super(Nothing.class);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.NOTHING;
    }

    @Override
    public int getArity() {
        return 0;
    }

    /**
     * @throws MillraceException always: nothing cannot be written
     */
    @Override
    public TypeSerializer<Nothing> createSerializer(SerializerConfig config) {
        throw new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "Nothing has no values, and so no serializer. Give the type of the records.");
    }

    @Override
    public String toString() {
        return "NothingTypeInfo";
    }
}
