package io.millrace.connector.jdbc.split;

import java.io.Serializable;
import java.util.Objects;

/** Parameters that the program gives. */
public class JdbcGenericParameterValuesProvider implements JdbcParameterValuesProvider {
    private static final long serialVersionUID = 1L;

    private final Serializable[][] parameters;

    public JdbcGenericParameterValuesProvider(Serializable[][] parameters) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
    }

    @Override
    public Serializable[][] getParameterValues() {
        return parameters.clone();
    }
}
