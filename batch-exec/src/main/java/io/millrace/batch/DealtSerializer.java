package io.millrace.batch;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;

/**
 * A dealt record as bytes: without its range, which nobody asks for once it is there. So what is
 * read is the record alone, or a {@link DealtEnd}. Immutable.
 *
 * <p>A dealt record is nobody else's, so handing it over needs no copy.
 */
final class DealtSerializer extends Serializer<Object> {
    private static final int RECORD = 0;
    private static final int END = 1;

    private final Serializer<Object> records;

    DealtSerializer(Serializer<Object> records) {
        this.records = records;
    }

    Serializer<Object> records() {
        return records;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        Object record = ((DealtRecord) value).record();
        if (record instanceof DealtEnd end) {
            out.writeByte(END);
            out.writeLong(end.fingerprint());
        } else {
            out.writeByte(RECORD);
            records.write(record, out);
        }
    }

    @Override
    public Object read(BinaryReader in) {
        int what = in.readByte();
        return switch (what) {
            case RECORD -> records.read(in);
            case END -> new DealtEnd(in.readLong());
            default -> throw new CorruptDataException("a dealt record of kind " + what);
        };
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public boolean immutable() {
        return true;
    }

    @Override
    public Schema schema() {
        return records.schema();
    }
}
