package io.millrace.connector.file;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Committables that an operator holds at a barrier, each with a number. Confined to its task.
 *
 * <pre>
 * item := number (int), checkpoint id (long), subtask (int), version (int), bytes
 * </pre>
 */
final class SavedMessages<T> {
    private final ListState<byte[]> state;
    private final SimpleVersionedSerializer<T> serializer;

    /** A message and the number that the operator has for it. */
    record Saved<T>(int number, CommittableWithLineage<T> message) {}

    SavedMessages(
            StateInitializationContext context,
            String name,
            SimpleVersionedSerializer<T> serializer)
            throws Exception {
        this.serializer = serializer;
        this.state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        name,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    List<Saved<T>> restored() throws Exception {
        List<Saved<T>> all = new ArrayList<>();
        for (byte[] item : state.get()) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(item));
            int number = in.readInt();
            long checkpointId = in.readLong();
            int subtask = in.readInt();
            int version = in.readInt();
            all.add(
                    new Saved<>(
                            number,
                            new CommittableWithLineage<>(
                                    serializer.deserialize(version, in.readAllBytes()),
                                    checkpointId,
                                    subtask)));
        }
        return all;
    }

    void save(List<Saved<T>> all) throws Exception {
        List<byte[]> items = new ArrayList<>();
        for (Saved<T> each : all) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(each.number());
            out.writeLong(each.message().getCheckpointId());
            out.writeInt(each.message().getSubtaskId());
            out.writeInt(serializer.getVersion());
            out.write(serializer.serialize(each.message().getCommittable()));
            items.add(bytes.toByteArray());
        }
        state.update(items);
    }
}
