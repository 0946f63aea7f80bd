package io.millrace.runtime.time;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.WrittenSchema;

/**
 * What the description of timers in a checkpoint says of their rows, whose bytes {@code TimersForm}
 * shows: for who reads them without the classes of the job. Immutable.
 *
 * @param namespaces null if there are none
 */
public record TimerRows(WrittenSchema keys, WrittenSchema namespaces) {
    public static final String FORM = TimersForm.NAME;

    /**
     * @throws CorruptDataException if the bytes are not of that form, or of a newer version
     */
    public static TimerRows parse(byte[] description) {
        BinaryReader in = new BinaryReader(description);
        int version = in.readByte();
        if (version != TimersForm.VERSION) {
            throw new CorruptDataException(
                    "timers described in version " + version + ", known is " + TimersForm.VERSION);
        }
        WrittenSchema keys = WrittenSchema.parse(in.readByteArray());
        WrittenSchema namespaces =
                in.readBoolean() ? WrittenSchema.parse(in.readByteArray()) : null;
        return new TimerRows(keys, namespaces);
    }
}
