package io.millrace.batch;

/** A key and what its records have become. Confined to its operator, which fills it anew. */
final class Folded {
    private Object key;
    private int keyHash;
    private Object result;

    void set(Object newKey, int newHash, Object newResult) {
        key = newKey;
        keyHash = newHash;
        result = newResult;
    }

    Object key() {
        return key;
    }

    int keyHash() {
        return keyHash;
    }

    Object result() {
        return result;
    }
}
