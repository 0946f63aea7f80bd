package io.millrace.batch;

import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/** Records of several inputs as bytes. The keys are not written: records have them. Immutable. */
/* record := varint input * 4 + (2 if it has a timestamp) + (1 if it is null), long timestamp?, value?
 */
final class KeyedRecordSerializer extends Serializer<KeyedRecord> {
    private static final int NULL = 1;
    private static final int STAMPED = 2;
    private static final int INPUT_SHIFT = 2;

    // An array: it is read for each record.
    private final Serializer<Object>[] inputs;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    KeyedRecordSerializer(List<Serializer<Object>> inputs) {
        this.inputs = inputs.toArray(new Serializer[0]);
    }

    @Override
    public void write(KeyedRecord record, BinaryWriter out) {
        boolean stamped = record.timestampMs != RecordChunk.NO_TIMESTAMP;
        out.writeVarInt(
                record.input << INPUT_SHIFT
                        | (stamped ? STAMPED : 0)
                        | (record.value == null ? NULL : 0));
        if (stamped) {
            out.writeLong(record.timestampMs);
        }
        if (record.value != null) {
            inputs[record.input].write(record.value, out);
        }
    }

    @Override
    public KeyedRecord read(BinaryReader in) {
        int head = in.readVarInt();
        int input = head >>> INPUT_SHIFT;
        if (input >= inputs.length) {
            throw new CorruptDataException("a record of input " + input + " of " + inputs.length);
        }
        long timestampMs = (head & STAMPED) == 0 ? RecordChunk.NO_TIMESTAMP : in.readLong();
        KeyedRecord record = new KeyedRecord();
        record.fill(input, (head & NULL) == 0 ? inputs[input].read(in) : null, timestampMs);
        return record;
    }

    @Override
    public KeyedRecord copy(KeyedRecord record) {
        KeyedRecord copy = new KeyedRecord();
        copy.fill(
                record.input,
                record.value == null ? null : inputs[record.input].copy(record.value),
                record.timestampMs);
        return copy;
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return inputs[0].schema();
    }
}
