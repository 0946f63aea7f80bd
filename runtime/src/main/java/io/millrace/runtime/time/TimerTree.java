package io.millrace.runtime.time;

import io.millrace.runtime.state.heap.Versions;
import java.util.Arrays;

/**
 * The timers of one domain, the earliest first; of one time, by the hash of the key. Each is there
 * once. Confined to the task.
 */
/* Two levels of a B-tree: leaves of up to 512 timers, and a sorted array of them. It is the queue and the
 * index at once: to register looks into one leaf, and so does to delete; to fire takes the next of the
 * first leaf. No timer is an object; what moves at a time is a leaf or the array of leaves.
 *
 * A freeze takes the array. Who changes a leaf that a freeze sees copies it first, and the array too.
 */
final class TimerTree {
    private final KeyColumn form;
    private final boolean inNamespaces;
    private final Versions versions;
    private TimerLeaf[] leaves = new TimerLeaf[4];
    // Of the first timer that each leaf may have; so leaves need not be touched to find one.
    private long[] firstTimes = new long[4];
    private int[] firstHashes = new int[4];
    private int count;
    private int size;
    private int leavesBorn; // the version of the array of leaves

    /**
     * @param form says what the keys are
     */
    TimerTree(KeyColumn form, boolean inNamespaces, Versions versions) {
        this.form = form;
        this.inNamespaces = inNamespaces;
        this.versions = versions;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The time of the first; {@code Long.MAX_VALUE} if there is none. */
    long firstMs() {
        return size == 0 ? Long.MAX_VALUE : leaves[0].time(0);
    }

    Object firstKey() {
        return leaves[0].key(0);
    }

    int firstHash() {
        return leaves[0].hash(0);
    }

    Object firstNamespace() {
        return leaves[0].namespace(0);
    }

    /** Drops the first one; there must be one. */
    void dropFirst() {
        removeAt(0, 0);
    }

    /** The last leaf that does not begin after a time and hash; 0 if all do. */
    private int leafOf(long time, int hash) {
        int low = 1;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (firstTimes[middle] < time
                    || (firstTimes[middle] == time && firstHashes[middle] <= hash)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Returns false if it was there already. */
    boolean add(long time, int hash, Object key, Object namespace) {
        if (count == 0) {
            insertLeaf(0, new TimerLeaf(form, inNamespaces, versions.current()), time, hash);
        }
        int index = leafOf(time, hash);
        int place = leaves[index].find(time, hash, key, namespace);
        if (place >= 0) {
            return false;
        }
        place = ~place;
        TimerLeaf leaf = writable(index);
        if (leaf.isFull()) {
            if (index == count - 1 && place == leaf.size() && isAfterLast(leaf, time, hash)) {
                // Time goes on: leaves stay full.
                leaf = new TimerLeaf(form, inNamespaces, versions.current());
                insertLeaf(count, leaf, time, hash);
                place = 0;
                index = count - 1;
            } else {
                TimerLeaf last = leaf.split(versions.current());
                if (last != null) {
                    insertLeaf(index + 1, last, last.time(0), last.hash(0));
                    index = leafOf(time, hash);
                    leaf = leaves[index];
                    place = ~leaf.find(time, hash, key, namespace);
                }
            }
        }
        leaf.insert(place, time, hash, key, namespace);
        if (place == 0) {
            firstTimes[index] = time;
            firstHashes[index] = hash;
        }
        size++;
        return true;
    }

    private static boolean isAfterLast(TimerLeaf leaf, long time, int hash) {
        int last = leaf.size() - 1;
        return leaf.time(last) < time || leaf.hash(last) < hash;
    }

    /** Returns false if it was not there. */
    boolean remove(long time, int hash, Object key, Object namespace) {
        if (count == 0) {
            return false;
        }
        int index = leafOf(time, hash);
        int place = leaves[index].find(time, hash, key, namespace);
        if (place < 0) {
            return false;
        }
        removeAt(index, place);
        return true;
    }

    private void removeAt(int index, int place) {
        TimerLeaf leaf = writable(index);
        leaf.remove(place);
        size--;
        if (leaf.size() == 0) {
            dropLeaf(index);
        } else if (index + 1 < count
                && place > 0
                && leaf.size() + leaves[index + 1].size() <= TimerLeaf.MOST / 4) {
            writableLeaves();
            leaves[index] = leaf.and(leaves[index + 1], versions.current());
            dropLeaf(index + 1);
        }
    }

    private TimerLeaf writable(int index) {
        TimerLeaf leaf = leaves[index];
        if (versions.isFrozen(leaf.born)) {
            writableLeaves();
            leaf = leaf.copy(versions.current());
            leaves[index] = leaf;
        }
        return leaf;
    }

    private void writableLeaves() {
        if (versions.isFrozen(leavesBorn)) {
            leaves = leaves.clone();
            leavesBorn = versions.current();
        }
    }

    private void insertLeaf(int index, TimerLeaf leaf, long time, int hash) {
        if (count == leaves.length) {
            int more = count + (count >> 1);
            leaves = Arrays.copyOf(leaves, more);
            leavesBorn = versions.current();
            firstTimes = Arrays.copyOf(firstTimes, more);
            firstHashes = Arrays.copyOf(firstHashes, more);
        } else {
            writableLeaves();
        }
        move(index, index + 1, count - index);
        leaves[index] = leaf;
        firstTimes[index] = time;
        firstHashes[index] = hash;
        count++;
    }

    private void dropLeaf(int index) {
        writableLeaves();
        move(index + 1, index, count - index - 1);
        leaves[--count] = null;
    }

    private void move(int source, int target, int number) {
        System.arraycopy(leaves, source, leaves, target, number);
        System.arraycopy(firstTimes, source, firstTimes, target, number);
        System.arraycopy(firstHashes, source, firstHashes, target, number);
    }

    /** The leaves as they are now, in order; perhaps some nulls at the end. */
    TimerLeaf[] leaves() {
        return leaves;
    }
}
