package io.millrace.api.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parameters of a program that may have several values each: {@code --in a --in b}. */
public class MultipleParameterTool extends AbstractParameterTool {
    private static final long serialVersionUID = 1L;

    /** By name, in the order given; not changed after the constructor. */
    protected final Map<String, Collection<String>> data;

    private MultipleParameterTool(Map<String, Collection<String>> data) {
        this.data = copyOf(data);
        unrequestedParameters.addAll(data.keySet());
    }

    private static Map<String, Collection<String>> copyOf(Map<String, Collection<String>> map) {
        Map<String, Collection<String>> copy = new HashMap<>();
        map.forEach((key, values) -> copy.put(key, new ArrayList<>(values)));
        return copy;
    }

    /**
     * {@code --key value}, {@code -key value} or {@code --flag}, in any order and repeatedly.
     *
     * @throws IllegalArgumentException quoting what is not of this form
     */
    public static MultipleParameterTool fromArgs(String[] args) {
        Map<String, Collection<String>> map = new HashMap<>();
        CommandLineArguments.read(
                args, (key, value) -> map.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
        return new MultipleParameterTool(map);
    }

    public static MultipleParameterTool fromMultiMap(Map<String, Collection<String>> multiMap) {
        return new MultipleParameterTool(Objects.requireNonNull(multiMap, "map"));
    }

    @Override
    public int getNumberOfParameters() {
        return data.size();
    }

    /**
     * The only value of a parameter; null if it is not given.
     *
     * @throws RuntimeException if it has several
     */
    @Override
    public String get(String key) {
        addToDefaults(key, null);
        unrequestedParameters.remove(key);
        Collection<String> values = data.get(key);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new RuntimeException(
                    "Key "
                            + key
                            + " has "
                            + values.size()
                            + " values where one is expected. Give it once.");
        }
        return values.iterator().next();
    }

    @Override
    public boolean has(String key) {
        addToDefaults(key, null);
        unrequestedParameters.remove(key);
        return data.containsKey(key);
    }

    /** All values in the order given; null if there is none. */
    public Collection<String> getMultiParameter(String key) {
        addToDefaults(key, null);
        unrequestedParameters.remove(key);
        Collection<String> values = data.get(key);
        return values == null ? null : List.copyOf(values);
    }

    /**
     * @throws RuntimeException if it is not given
     */
    public Collection<String> getMultiParameterRequired(String key) {
        Collection<String> values = getMultiParameter(key);
        if (values == null) {
            throw new RuntimeException(
                    "No data for required key '" + key + "'. Give it as --" + key + " VALUE.");
        }
        return values;
    }

    /** A copy. */
    public Map<String, Collection<String>> toMultiMap() {
        return copyOf(data);
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>();
        data.forEach(
                (key, values) -> {
                    map.put(key, NO_VALUE_KEY);
                    values.forEach(value -> map.put(key, value));
                });
        return map;
    }

    /** The values of both, these first. What was asked for in either counts as asked for. */
    public MultipleParameterTool mergeWith(MultipleParameterTool other) {
        Map<String, Collection<String>> all = copyOf(data);
        other.data.forEach(
                (key, values) -> all.computeIfAbsent(key, k -> new ArrayList<>()).addAll(values));
        MultipleParameterTool merged = new MultipleParameterTool(all);
        merged.unrequestedParameters.removeAll(ParameterTool.requested(data.keySet(), this));
        merged.unrequestedParameters.removeAll(ParameterTool.requested(other.data.keySet(), other));
        return merged;
    }

    /** A copy with nothing asked for yet. */
    @Override
    protected Object clone() throws CloneNotSupportedException {
        return new MultipleParameterTool(data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultipleParameterTool that
                && getClass() == that.getClass()
                && data.equals(that.data)
                && defaultData.equals(that.defaultData)
                && unrequestedParameters.equals(that.unrequestedParameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(data, defaultData, unrequestedParameters);
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return "MultipleParameterTool" + data.keySet();
    }
}
