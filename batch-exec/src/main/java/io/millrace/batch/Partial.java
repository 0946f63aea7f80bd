package io.millrace.batch;

/**
 * The fold of some records of one key, on its way to the fold of all. The key travels with it,
 * since the key selector need not find the same key in a fold as in the records: {@code keyBy(n %
 * 2)} with a sum.
 *
 * <p>Confined to the combiner until it is pushed on, then to whoever has it.
 */
final class Partial {
    final Object key;
    final int keyHash;
    Object fold;

    /** Whether there were several records; one has its key itself. */
    boolean folded;

    Partial(Object key, int keyHash, Object fold) {
        this.key = key;
        this.keyHash = keyHash;
        this.fold = fold;
    }
}
