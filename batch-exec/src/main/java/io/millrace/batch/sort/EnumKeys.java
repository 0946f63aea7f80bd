package io.millrace.batch.sort;

/** Constants of an enum by their ordinals. Immutable. */
final class EnumKeys extends KeyNormalizer<Enum<?>> {
    @Override
    public void write(Enum<?> key, KeyWriter out) {
        out.putUnsigned(key.ordinal(), Short.BYTES);
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public int maxBytes() {
        return Short.BYTES;
    }

    @Override
    public int compare(Enum<?> one, Enum<?> other) {
        return Integer.compare(one.ordinal(), other.ordinal());
    }
}
