package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;

/**
 * A unit of rows whose key and content are numbers, without an object for any. Confined to the
 * task.
 */
/* Key and content lie side by side as 64 bits each, so that a look-up is mostly one cache line. What a
 * slot's key is is asked first, whether the slot is taken only if that is the wanted one and 0, or 0.
 *
 *   TAKEN            there is a row
 *
 * Eras are kept only where changes are told apart: before the first incremental checkpoint nothing
 * asks for them, and they are a line more.
 */
final class CellUnit extends Unit {
    private static final int TAKEN = MARK;
    private static final long FREE = 0;

    private final Cells form;
    private long[] cells; // key and content in turn

    CellUnit(Cells form, int depth, int start, int slots, int version) {
        super(depth, start, slots, version);
        this.form = form;
        this.cells = new long[2 * slots];
    }

    private CellUnit(CellUnit from, int version) {
        super(from, version);
        form = from.form;
        cells = from.cells.clone();
    }

    @Override
    CellUnit copy(Layout layout, Versions versions) {
        return new CellUnit(this, versions.current());
    }

    @Override
    int peek(int hash) {
        long[] all = cells;
        return (int) all[2 * homeOf(Layout.spread(hash), all.length >> 1)];
    }

    /** The same for eras. */
    int peekEra(int hash) {
        return eras[homeOf(Layout.spread(hash), eras.length)];
    }

    @Override
    int find(int hash, Object key) {
        long wanted = form.keyBits(key);
        long[] all = cells;
        int slots = all.length >> 1;
        int slot = homeOf(Layout.spread(hash), slots);
        while (true) {
            long there = all[2 * slot];
            if (there == wanted && (wanted != FREE || isTaken(slot))) {
                return slot;
            }
            if (there == FREE && !isTaken(slot)) {
                return ~slot;
            }
            if (++slot == slots) {
                slot = 0;
            }
        }
    }

    @Override
    int find(int hash, Object key, Object namespace) {
        throw new AssertionError(namespace);
    }

    @Override
    boolean isTaken(int slot) {
        return (eras[slot] & TAKEN) != 0;
    }

    @Override
    Object key(int slot) {
        return form.key().box(cells[2 * slot]);
    }

    @Override
    Object namespace(int slot) {
        return null;
    }

    @Override
    Object content(int slot) {
        return form.content().box(cells[2 * slot + 1]);
    }

    @Override
    void setContent(int slot, Object content) {
        cells[2 * slot + 1] = form.content().bits(content);
    }

    @Override
    Object ownContent(int slot, Serializer<Object> copier, Versions versions) {
        return content(slot);
    }

    @Override
    int hashOf(int slot, Layout layout) {
        return form.mixedHash(cells[2 * slot]);
    }

    @Override
    void touch(int slot, Versions versions) {
        int version = versions.current();
        if (changed != version) {
            firstChange(versions);
        }
        if (versions.tracking()) {
            eras[slot] = (byte) ((eras[slot] & BASED) | TAKEN | (version & ERA));
        }
    }

    @Override
    void set(int slot, int hash, int era, Object key, Object namespace, Object content) {
        cells[2 * slot] = form.keyBits(key);
        cells[2 * slot + 1] = form.content().bits(content);
        eras[slot] = (byte) (TAKEN | era);
    }

    @Override
    void move(int slot, int target) {
        eras[target] = eras[slot];
        cells[2 * target] = cells[2 * slot];
        cells[2 * target + 1] = cells[2 * slot + 1];
    }

    @Override
    void clear(int slot) {
        eras[slot] = 0;
        cells[2 * slot] = FREE;
        cells[2 * slot + 1] = 0;
    }

    @Override
    void resize(int slots, Layout layout) {
        byte[] oldEras = eras;
        long[] oldCells = cells;
        eras = new byte[slots];
        cells = new long[Math.multiplyExact(2, slots)];
        for (int i = 0; i < oldEras.length; i++) {
            if ((oldEras[i] & TAKEN) != 0) {
                place(form.mixedHash(oldCells[2 * i]), oldEras[i], oldCells, i);
            }
        }
    }

    private void place(int hash, byte era, long[] from, int fromSlot) {
        int slot = homeOf(Layout.spread(hash), eras.length);
        while (isTaken(slot)) {
            if (++slot == eras.length) {
                slot = 0;
            }
        }
        eras[slot] = era;
        cells[2 * slot] = from[2 * fromSlot];
        cells[2 * slot + 1] = from[2 * fromSlot + 1];
    }

    @Override
    void take(Unit other, int slot, int hash) {
        place(hash, other.eras[slot], ((CellUnit) other).cells, slot);
    }

    @Override
    void sharedAs(Unit other) {
        // Numbers cannot change.
    }
}
