package io.millrace.runtime.state.unkeyed;

import io.millrace.api.type.BasicTypeInfo;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/**
 * Records that an operator holds and has not processed, as a list. Each with its timestamp; a
 * record may be null. Immutable; used by one task.
 */
public final class StampedRecords {
    private final String name;
    private final StatePart.Kind kind;
    private final JobSerializers serializers;
    private final ItemCodec items;

    /** Takes a record. */
    @FunctionalInterface
    public interface Taker {
        void take(Object record, long timestampMs) throws Exception;
    }

    /** Gives all records to a taker. */
    @FunctionalInterface
    public interface Giver {
        void giveTo(Taker taker) throws Exception;
    }

    /**
     * @param name of the list in the operator
     * @param kind how it is dealt out
     */
    public StampedRecords(
            String name,
            StatePart.Kind kind,
            Serializer<Object> recordSerializer,
            JobSerializers serializers) {
        this.name = name;
        this.kind = kind;
        this.serializers = serializers;
        this.items =
                new ItemCodec(
                        List.of(serializers.of(BasicTypeInfo.LONG_TYPE_INFO), recordSerializer));
    }

    /**
     * At a barrier: writes the records, now.
     *
     * @param count how many {@code records} gives
     */
    public void hand(SnapshotTurn turn, int count, Giver records) {
        if (count > 0) {
            FrozenItems.hand(
                    turn,
                    kind,
                    name,
                    items.description(),
                    count,
                    out -> {
                        try {
                            records.giveTo(
                                    (record, timestampMs) -> items.write(out, timestampMs, record));
                        } catch (RuntimeException e) {
                            throw e;
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    /** Gives the taker what a checkpoint has left, in order. */
    public void restore(List<RestoredPart> restored, SegmentSource segments, Taker taker)
            throws Exception {
        for (RestoredPart part : restored) {
            if (part.part().name().equals(name)) {
                for (Object[] values :
                        items.read(
                                part.part().description(),
                                ItemForm.read(part, segments),
                                serializers)) {
                    taker.take(values[1], (Long) values[0]);
                }
            }
        }
    }
}
