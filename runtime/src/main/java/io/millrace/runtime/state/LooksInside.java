package io.millrace.runtime.state;

/**
 * A serializer of values that refer to others which a record needs, too. Tables that expect
 * look-ups bring them into the cache with the values. Stateless.
 */
public interface LooksInside {
    /**
     * Reads the first bytes of what a value refers to.
     *
     * @return without meaning; to be kept, so that the compiler keeps the look
     */
    int look(Object value);
}
