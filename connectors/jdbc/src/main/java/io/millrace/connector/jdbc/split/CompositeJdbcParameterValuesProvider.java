package io.millrace.connector.jdbc.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Two lists of parameters side by side: split i has the first's parameters i, then the second's.
 */
public class CompositeJdbcParameterValuesProvider implements JdbcParameterValuesProvider {
    private static final long serialVersionUID = 1L;

    private final JdbcParameterValuesProvider first;
    private final JdbcParameterValuesProvider second;

    public CompositeJdbcParameterValuesProvider(
            JdbcParameterValuesProvider a, JdbcParameterValuesProvider b) {
        this.first = Objects.requireNonNull(a, "first provider");
        this.second = Objects.requireNonNull(b, "second provider");
    }

    /**
     * @throws IllegalArgumentException if one has more splits than the other
     */
    @Override
    public Serializable[][] getParameterValues() {
        Serializable[][] left = first.getParameterValues();
        Serializable[][] right = second.getParameterValues();
        if (left.length != right.length) {
            throw new IllegalArgumentException(
                    "Both providers must have as many splits as the other, but the first has "
                            + left.length
                            + " and the second "
                            + right.length
                            + ".");
        }
        Serializable[][] both = new Serializable[left.length][];
        for (int i = 0; i < left.length; i++) {
            both[i] = Arrays.copyOf(left[i], left[i].length + right[i].length);
            System.arraycopy(right[i], 0, both[i], left[i].length, right[i].length);
        }
        return both;
    }
}
