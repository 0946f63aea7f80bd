package io.millrace.runtime.serde;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowKind;
import java.util.Map;

/** Reads a row whose fields have changed. Immutable. */
final class EvolvedRow implements ValueReader {
    private final ValueReader[] readers;
    private final int[] targets;
    private final Map<String, Integer> positions;

    /**
     * @param readers one for each written field
     * @param targets the position of each today; -1 if it is skipped
     * @param positions of the names of today
     */
    EvolvedRow(ValueReader[] readers, int[] targets, Map<String, Integer> positions) {
        this.readers = readers;
        this.targets = targets;
        this.positions = positions;
    }

    @Override
    public Object read(BinaryReader in) {
        RowKind kind = RowSerializer.kind(in.readByte(), in);
        byte[] bits = new byte[(readers.length + 7) / 8];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = in.readByte();
        }
        Object[] values = new Object[positions.size()];
        for (int i = 0; i < readers.length; i++) {
            boolean present = (bits[i >> 3] & 1 << (i & 7)) != 0;
            Object value = present ? readers[i].read(in) : null;
            if (targets[i] >= 0) {
                values[targets[i]] = value;
            }
        }
        return Row.withNamesAndPositions(kind, values, positions);
    }
}
