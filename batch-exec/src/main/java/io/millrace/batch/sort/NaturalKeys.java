package io.millrace.batch.sort;

/** Keys of a class that compares with itself, of which no bytes are known. Immutable. */
final class NaturalKeys extends KeyNormalizer<Object> {
    @Override
    public void write(Object key, KeyWriter out) {
        out.stop();
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public int maxBytes() {
        return 0;
    }

    @Override
    @SuppressWarnings("unchecked") // a class that compares with itself
    public int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
