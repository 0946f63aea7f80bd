package io.millrace.runtime.operator;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.unkeyed.FrozenItems;
import io.millrace.runtime.state.unkeyed.ItemForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists of what connectors write with serializers of their own: splits, and state of sinks. Dealt
 * out item by item. Pure.
 *
 * <pre>
 * description := version of the serializer (varint)
 * </pre>
 */
final class VersionedItems {
    private static final int DESCRIPTION_BYTES = 8;

    private VersionedItems() {}

    static <T> void hand(
            SnapshotTurn turn, String name, SimpleVersionedSerializer<T> serializer, List<T> items)
            throws IOException {
        if (items.isEmpty()) {
            return;
        }
        BinaryWriter description = new BinaryWriter(DESCRIPTION_BYTES);
        description.writeVarInt(serializer.getVersion());
        List<byte[]> written = new ArrayList<>(items.size());
        for (T item : items) {
            written.add(serializer.serialize(item));
        }
        FrozenItems.hand(turn, StatePart.Kind.SPLIT_LIST, name, description.toByteArray(), written);
    }

    static <T> List<T> restore(
            OperatorContext context, String name, SimpleVersionedSerializer<T> serializer)
            throws IOException {
        List<T> items = new ArrayList<>();
        for (RestoredPart part : context.restored()) {
            if (part.part().kind() == StatePart.Kind.SPLIT_LIST
                    && part.part().name().equals(name)) {
                int version = new BinaryReader(part.part().description()).readVarInt();
                for (byte[] item : ItemForm.read(part, context.segments())) {
                    items.add(serializer.deserialize(version, item));
                }
            }
        }
        return items;
    }
}
