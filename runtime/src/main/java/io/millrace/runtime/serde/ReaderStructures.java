package io.millrace.runtime.serde;

import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/** The structures that one stream of bytes has announced so far. Confined to whoever decodes. */
public final class ReaderStructures {
    private final List<Serializer<Object>> known = new ArrayList<>();

    /** The serializer of a structure; a new one is read from {@code in}. */
    Serializer<Object> at(int id, BinaryReader in, SerializerCompiler compiler) {
        int index = id - AnySerializer.FIRST_STRUCTURE;
        if (index >= 0 && index < known.size()) {
            return known.get(index);
        }
        if (index != known.size() || index >= WriterStructures.MAX_STRUCTURES) {
            throw new CorruptDataException(
                    "structure "
                            + index
                            + ", but only "
                            + known.size()
                            + " are known, at "
                            + in.position());
        }
        try {
            Serializer<Object> serializer = StructureCodec.read(in, compiler);
            known.add(serializer);
            return serializer;
        } catch (MillraceException | LinkageError e) {
            throw new CorruptDataException("structure " + index + ": " + e.getMessage(), e);
        }
    }
}
