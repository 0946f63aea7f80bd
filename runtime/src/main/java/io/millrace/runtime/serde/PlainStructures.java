package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The structures that some bytes have described so far, where their classes are not there. One for
 * reading or for writing a run of bytes in which values refer back. Confined.
 */
public final class PlainStructures {
    private final List<Known> inOrder = new ArrayList<>();
    private final Map<Written, Integer> numbers = new HashMap<>();
    private int uses;

    /** A structure and how its values are read and written. */
    record Known(Written written, PlainValues values) {}

    /** How many were described so far. */
    public int size() {
        return inOrder.size();
    }

    /** How often values that were read needed one of them: others mean the same elsewhere. */
    public int uses() {
        return uses;
    }

    /** Forgets what was described behind the first ones, so that its bytes can be read again. */
    public void truncate(int size) {
        for (Known gone : inOrder.subList(size, inOrder.size())) {
            numbers.remove(gone.written());
        }
        inOrder.subList(size, inOrder.size()).clear();
    }

    /** The structure of a number that stands in the bytes; a new one is read from them. */
    Known at(int id, BinaryReader in) {
        uses++;
        int index = id - AnySerializer.FIRST_STRUCTURE;
        if (index >= 0 && index < inOrder.size()) {
            return inOrder.get(index);
        }
        if (index != inOrder.size() || index >= WriterStructures.MAX_STRUCTURES) {
            throw new CorruptDataException(
                    "structure "
                            + index
                            + ", but only "
                            + inOrder.size()
                            + " are known, at "
                            + in.position());
        }
        return add(StructureCodec.readWhole(in));
    }

    /** Writes the number of a structure, and what it is if it is new. */
    Known announce(Written written, BinaryWriter out) {
        Integer number = numbers.get(written);
        if (number != null) {
            out.writeVarInt(AnySerializer.FIRST_STRUCTURE + number);
            return inOrder.get(number);
        }
        if (inOrder.size() == WriterStructures.MAX_STRUCTURES) {
            throw new CorruptDataException(
                    "more than " + WriterStructures.MAX_STRUCTURES + " structures");
        }
        numbers.put(written, inOrder.size());
        out.writeVarInt(AnySerializer.FIRST_STRUCTURE + inOrder.size());
        StructureCodec.writeWhole(written, out);
        return add(written);
    }

    private Known add(Written written) {
        Known known = new Known(written, PlainValues.of(written));
        inOrder.add(known);
        return known;
    }
}
