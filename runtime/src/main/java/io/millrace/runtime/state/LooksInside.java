package io.millrace.runtime.state;

/**
 * A serializer of values that refer to others which a record needs, too, not only who writes them.
 * Tables that expect look-ups bring them into the cache with the values. Stateless.
 */
public interface LooksInside {
    /** As {@link io.millrace.runtime.serde.Serializer#lookInto}. */
    int lookInto(Object value);
}
