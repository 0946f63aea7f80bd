package io.millrace.batch.join;

import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.RecordForm;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;

/** The records of one input: their keys, and their form as bytes. Confined to its operator. */
public final class JoinSide {
    private final KeySelector<Object, Object> keySelector;
    private final RecordForm<Object> form;
    // Null if nobody changes records.
    private final Serializer<Object> copier;

    /**
     * @param copier null if records cannot change, or the job reuses objects
     */
    public JoinSide(
            KeySelector<Object, Object> keySelector,
            Serializer<Object> serializer,
            Serializer<Object> copier) {
        this.keySelector = keySelector;
        this.form = new RecordForm<>(serializer);
        this.copier = copier;
    }

    /** Null joins nothing. */
    public Object keyOf(Object record) throws Exception {
        return keySelector.getKey(record);
    }

    /** The bytes, until the next call. */
    public BinaryWriter write(Object record) {
        return form.write(record);
    }

    /** A record of which this side has written the bytes. */
    public Object read(byte[] bytes, int from, int length) {
        return form.read(bytes, from, length);
    }

    /** What a function may change of a record that is given again later. */
    public Object toGive(Object record) {
        return copier == null ? record : copier.copy(record);
    }
}
