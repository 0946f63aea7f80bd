package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.KeyGroupStatePartitionStreamProvider;
import io.millrace.api.checkpoint.StatePartitionStreamProvider;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.unkeyed.FrozenItems;
import io.millrace.runtime.state.unkeyed.ItemForm;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Bytes that operators of programs save by themselves. Partitions are dealt out; those of key
 * groups go to every subtask, which takes its own. Pure.
 *
 * <pre>
 * item of key groups := key group (int), bytes
 * </pre>
 */
final class RawState {
    private static final String PARTITIONS = FunctionStates.OWN + "raw";
    private static final String KEY_GROUPS = FunctionStates.OWN + "raw-keyed";
    private static final byte[] NO_DESCRIPTION = {};

    private RawState() {}

    static void handPartitions(SnapshotTurn turn, List<byte[]> partitions) {
        if (!partitions.isEmpty()) {
            FrozenItems.hand(
                    turn, StatePart.Kind.SPLIT_LIST, PARTITIONS, NO_DESCRIPTION, partitions);
        }
    }

    static void handKeyGroups(SnapshotTurn turn, Map<Integer, byte[]> keyGroups) {
        List<byte[]> items = new ArrayList<>();
        keyGroups.forEach(
                (keyGroup, bytes) -> {
                    BinaryWriter item = new BinaryWriter(Integer.BYTES + bytes.length);
                    item.writeInt(keyGroup);
                    item.writeBytes(bytes, 0, bytes.length);
                    items.add(item.toByteArray());
                });
        if (!items.isEmpty()) {
            FrozenItems.hand(turn, StatePart.Kind.UNION_LIST, KEY_GROUPS, NO_DESCRIPTION, items);
        }
    }

    static List<StatePartitionStreamProvider> partitions(OperatorContext context) {
        List<StatePartitionStreamProvider> all = new ArrayList<>();
        for (byte[] partition : items(context, PARTITIONS)) {
            all.add(new StatePartitionStreamProvider(new ByteArrayInputStream(partition)));
        }
        return all;
    }

    static List<KeyGroupStatePartitionStreamProvider> keyGroups(OperatorContext context) {
        JobVertex vertex = context.scope().vertex();
        int first = vertex.firstKeyGroup(context.subtask());
        int last = vertex.lastKeyGroup(context.subtask());
        List<KeyGroupStatePartitionStreamProvider> all = new ArrayList<>();
        for (byte[] item : items(context, KEY_GROUPS)) {
            int keyGroup = new BinaryReader(item).readInt();
            if (keyGroup >= first && keyGroup <= last) {
                all.add(
                        new KeyGroupStatePartitionStreamProvider(
                                new ByteArrayInputStream(
                                        item, Integer.BYTES, item.length - Integer.BYTES),
                                keyGroup));
            }
        }
        return all;
    }

    private static List<byte[]> items(OperatorContext context, String name) {
        List<byte[]> all = new ArrayList<>();
        for (RestoredPart part : context.restored()) {
            if (part.part().name().equals(name)) {
                all.addAll(ItemForm.read(part, context.segments()));
            }
        }
        return all;
    }
}
