package io.millrace.batch.sort;

/** Texts in the order of {@link String#compareTo}: by UTF-16 units. Immutable. */
final class TextKeys extends KeyNormalizer<String> {
    @Override
    public void write(String key, KeyWriter out) {
        out.putText(key);
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public int maxBytes() {
        return UNLIMITED;
    }

    @Override
    public int compare(String one, String other) {
        return one.compareTo(other);
    }

    /** A text begins with no zero, so null needs no byte in front. */
    @Override
    public KeyNormalizer<String> nullsFirst() {
        return new Nullable();
    }

    private static final class Nullable extends KeyNormalizer<String> {
        @Override
        public void write(String key, KeyWriter out) {
            if (key == null) {
                out.putByte(0);
            } else {
                out.putText(key);
            }
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int maxBytes() {
            return UNLIMITED;
        }

        @Override
        public int compare(String one, String other) {
            if (one == null || other == null) {
                return one == other ? 0 : one == null ? -1 : 1;
            }
            return one.compareTo(other);
        }

        @Override
        public KeyNormalizer<String> nullsFirst() {
            return this;
        }
    }
}
