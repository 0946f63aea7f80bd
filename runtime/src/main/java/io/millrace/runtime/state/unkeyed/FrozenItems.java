package io.millrace.runtime.state.unkeyed;

import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The items of one state, as bytes or still as objects, on their way into a checkpoint. */
public final class FrozenItems implements FrozenState {
    private static final int FIRST_BYTES = 1024;

    private final StatePart.Kind kind;
    private final String name;
    private final byte[] description;
    private final int items;
    // Writes the items; null once it has been closed.
    private volatile Consumer<BinaryWriter> content;

    private FrozenItems(
            StatePart.Kind kind,
            String name,
            byte[] description,
            int items,
            Consumer<BinaryWriter> content) {
        this.kind = kind;
        this.name = name;
        this.description = description;
        this.items = items;
        this.content = content;
    }

    /** Hands over items that are bytes: few of them at once, many later. */
    public static void hand(
            SnapshotTurn turn,
            StatePart.Kind kind,
            String name,
            byte[] description,
            List<byte[]> items) {
        hand(
                turn,
                kind,
                name,
                description,
                items.size(),
                out -> items.forEach(out::writeByteArray));
    }

    /** The same with items that {@code content} writes, now. */
    static void hand(
            SnapshotTurn turn,
            StatePart.Kind kind,
            String name,
            byte[] description,
            int items,
            Consumer<BinaryWriter> content) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        content.accept(out);
        byte[] bytes = out.toByteArray();
        if (bytes.length <= ItemForm.INLINE_BYTES) {
            turn.add(part(kind, name, description, items, new Piece.Inline(bytes)));
        } else {
            turn.addLater(
                    new FrozenItems(
                            kind,
                            name,
                            description,
                            items,
                            to -> to.writeBytes(bytes, 0, bytes.length)));
        }
    }

    /** The same with items that {@code content} writes later, on the snapshot thread. */
    static void handLater(
            SnapshotTurn turn,
            StatePart.Kind kind,
            String name,
            byte[] description,
            int items,
            Consumer<BinaryWriter> content) {
        turn.addLater(new FrozenItems(kind, name, description, items, content));
    }

    private static StatePart part(
            StatePart.Kind kind, String name, byte[] description, int items, Piece piece) {
        return new StatePart(kind, name, ItemForm.NAME, 0, -1, items, description, List.of(piece));
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        Consumer<BinaryWriter> writer = content;
        if (writer == null) {
            throw new IllegalStateException("state '" + name + "' was let go");
        }
        BinaryWriter bytes = new BinaryWriter(FIRST_BYTES);
        writer.accept(bytes);
        Piece piece =
                new Piece.Stored(out.append(to -> to.write(bytes.array(), 0, bytes.size())), 0, 0);
        return List.of(part(kind, name, description, items, piece));
    }

    @Override
    public void close() {
        content = null;
    }
}
