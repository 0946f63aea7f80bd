package io.millrace.api.graph;

import io.millrace.api.function.KeySelector;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The keys of an operator's records: so its functions have state. Immutable; travels by Java
 * serialization.
 *
 * @param selectors one for each input; null for an input without keys
 * @param type of the keys; null if it is to be found from them
 */
public record Keying(List<KeySelector<?, ?>> selectors, TypeInformation<?> type)
        implements Serializable {
    public Keying {
        selectors = Collections.unmodifiableList(new ArrayList<>(selectors));
    }

    /** Of an operator with one input, or with others that have no keys. */
    public static Keying of(KeySelector<?, ?> selector, TypeInformation<?> type) {
        return new Keying(Collections.singletonList(selector), type);
    }
}
