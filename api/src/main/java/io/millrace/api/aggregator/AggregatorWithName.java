package io.millrace.api.aggregator;

import io.millrace.api.type.Value;

/** An aggregator and its name. Immutable. */
public class AggregatorWithName<T extends Value> {
    private final String name;
    private final Aggregator<T> aggregator;

    public AggregatorWithName(String name, Aggregator<T> aggregator) {
        this.name = name;
        this.aggregator = aggregator;
    }

    public String getName() {
        return name;
    }

    public Aggregator<T> getAggregator() {
        return aggregator;
    }
}
