package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The list of one key. Confined to the task; once it is frozen, the elements that it has do not
 * change any more.
 */
/* Elements lie in blocks, so that a long list does not move when it grows. Elements are only appended:
 * a list and its frozen original share the last block, and each knows how many of it are its own.
 */
final class HeapList extends AbstractList<Object> implements RandomAccess {
    private static final int BLOCK = 256;
    private static final int LEAST = 4;

    /** The version in which it was made or copied. */
    final int born;

    private Object[][] blocks;
    private int size;
    // The elements are also those of a frozen list, while a freeze up to this one is open.
    private int sharedUpTo;

    HeapList(int version) {
        born = version;
        blocks = new Object[1][LEAST];
    }

    private HeapList(HeapList from, int version, int sharedUpTo) {
        born = version;
        blocks = from.blocks.clone();
        size = from.size;
        this.sharedUpTo = sharedUpTo;
    }

    /** A list of the same elements that may grow. */
    HeapList copy(Versions versions) {
        return new HeapList(this, versions.current(), versions.newestOpen());
    }

    /** Whether somebody who gets the elements could change those of a frozen list. */
    boolean sharesElements(Versions versions) {
        return versions.isFrozen(born) || versions.isOpenUpTo(sharedUpTo);
    }

    /** A list of copies of the elements. */
    HeapList deepCopy(Serializer<Object> copier, Versions versions) {
        HeapList copy = new HeapList(versions.current());
        for (int i = 0; i < size; i++) {
            copy.append(copier.copy(get(i)));
        }
        return copy;
    }

    /** It must not be frozen. */
    void append(Object element) {
        int block = size / BLOCK;
        int place = size % BLOCK;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, block + Math.max(1, block >> 1));
        }
        if (blocks[block] == null) {
            blocks[block] = new Object[BLOCK];
        } else if (place == blocks[block].length) {
            blocks[block] = Arrays.copyOf(blocks[block], Math.min(BLOCK, 2 * place));
        }
        blocks[block][place] = element;
        size++;
    }

    void appendAll(List<?> elements) {
        for (Object element : elements) {
            append(element);
        }
    }

    @Override
    public Object get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return blocks[index / BLOCK][index % BLOCK];
    }

    @Override
    public int size() {
        return size;
    }
}
