package io.millrace.api.type;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A record with a number of fields of any type, null included, and a {@link RowKind}. Its fields
 * are reached by position, or by name, or, when a serializer made it that knows the names, by both;
 * setting names one after the other makes the fields of a row by name. Mutable; not thread-safe.
 */
public final class Row implements Serializable {
    private static final long serialVersionUID = 1L;

    private RowKind kind;

    /** Null if the fields are reached by name only. */
    @SuppressWarnings("serial") // as serializable as what the program puts in
    private final Object[] fieldByPosition;

    /** Null if the fields are reached by position. */
    @SuppressWarnings("serial") // as serializable as what the program puts in
    private final Map<String, Object> fieldByName;

    /** The position of each name; null if there are none, or if the fields are by name only. */
    @SuppressWarnings("serial") // a map of Java's own
    private final Map<String, Integer> positionByName;

    private Row(
            RowKind kind,
            Object[] fieldByPosition,
            Map<String, Object> fieldByName,
            Map<String, Integer> positionByName) {
        this.kind = kind;
        this.fieldByPosition = fieldByPosition;
        this.fieldByName = fieldByName;
        this.positionByName = positionByName;
    }

    /** A row of {@code arity} null fields by position. */
    public Row(RowKind kind, int arity) {
        this(requireKind(kind), new Object[arity], null, null);
    }

    /** An inserted row of {@code arity} null fields by position. */
    public Row(int arity) {
        this(RowKind.INSERT, arity);
    }

    private static RowKind requireKind(RowKind kind) {
        return Objects.requireNonNull(kind, "Row kind must not be null.");
    }

    public static Row withPositions(RowKind kind, int arity) {
        return new Row(kind, arity);
    }

    public static Row withPositions(int arity) {
        return withPositions(RowKind.INSERT, arity);
    }

    /** A row without fields, which get names when they are set. */
    public static Row withNames(RowKind kind) {
        return new Row(requireKind(kind), null, new HashMap<>(), null);
    }

    public static Row withNames() {
        return withNames(RowKind.INSERT);
    }

    /** A row by position with these fields. */
    public static Row of(Object... values) {
        return ofKind(RowKind.INSERT, values);
    }

    public static Row ofKind(RowKind kind, Object... values) {
        Row row = new Row(kind, values.length);
        System.arraycopy(values, 0, row.fieldByPosition, 0, values.length);
        return row;
    }

    /**
     * A row whose fields are reached by position and by name.
     *
     * @param values not copied
     * @param positions of the names; not copied, and shared by many rows
     */
    public static Row withNamesAndPositions(
            RowKind kind, Object[] values, Map<String, Integer> positions) {
        return new Row(
                requireKind(kind),
                Objects.requireNonNull(values),
                null,
                Objects.requireNonNull(positions));
    }

    public RowKind getKind() {
        return kind;
    }

    public void setKind(RowKind kind) {
        this.kind = requireKind(kind);
    }

    /** Number of fields; of a row by name, those that were set. */
    public int getArity() {
        return fieldByPosition == null ? fieldByName.size() : fieldByPosition.length;
    }

    /**
     * @throws IllegalArgumentException if the fields have names only
     * @throws ArrayIndexOutOfBoundsException if there is no such field
     */
    public Object getField(int pos) {
        return positions()[pos];
    }

    @SuppressWarnings("unchecked")
    public <T> T getFieldAs(int pos) {
        return (T) getField(pos);
    }

    /**
     * Null if a row by name has no such field.
     *
     * @throws IllegalArgumentException if the fields have no names, or none of this name
     */
    public Object getField(String name) {
        return fieldByName != null ? fieldByName.get(name) : fieldByPosition[positionOf(name)];
    }

    @SuppressWarnings("unchecked")
    public <T> T getFieldAs(String name) {
        return (T) getField(name);
    }

    /** See {@link #getField(int)} for what is thrown. */
    public void setField(int pos, Object value) {
        positions()[pos] = value;
    }

    /** See {@link #getField(String)} for what is thrown; a row by name gets a field. */
    public void setField(String name, Object value) {
        if (fieldByName != null) {
            fieldByName.put(name, value);
        } else {
            fieldByPosition[positionOf(name)] = value;
        }
    }

    private Object[] positions() {
        if (fieldByPosition == null) {
            throw new IllegalArgumentException(
                    "Accessing a field by position is not supported in name-based field mode.");
        }
        return fieldByPosition;
    }

    private int positionOf(String name) {
        if (positionByName == null) {
            throw new IllegalArgumentException(
                    "Accessing a field by name is not supported in position-based field mode.");
        }
        Integer position = positionByName.get(name);
        if (position == null) {
            throw new IllegalArgumentException(
                    "Unknown field name '"
                            + name
                            + "' for mapping to a row position. Available names are: "
                            + positionByName.keySet());
        }
        return position;
    }

    /**
     * The names of the fields; null if they have none.
     *
     * @param includeNamedPositions false to see names of rows by name only
     */
    public Set<String> getFieldNames(boolean includeNamedPositions) {
        if (fieldByName != null) {
            return Collections.unmodifiableSet(fieldByName.keySet());
        }
        return includeNamedPositions && positionByName != null
                ? Collections.unmodifiableSet(positionByName.keySet())
                : null;
    }

    /** Sets all fields to null; those of a row by name are gone. */
    public void clear() {
        if (fieldByName != null) {
            fieldByName.clear();
        } else {
            java.util.Arrays.fill(fieldByPosition, null);
        }
    }

    /** A row with the same fields, which are not copied. */
    public static Row copy(Row row) {
        return new Row(
                row.kind,
                row.fieldByPosition == null ? null : row.fieldByPosition.clone(),
                row.fieldByName == null ? null : new HashMap<>(row.fieldByName),
                row.positionByName);
    }

    /** A row by position with some of the fields, in the order of {@code fieldPositions}. */
    public static Row project(Row row, int[] fieldPositions) {
        Row projected = withPositions(row.kind, fieldPositions.length);
        for (int i = 0; i < fieldPositions.length; i++) {
            projected.setField(i, row.getField(fieldPositions[i]));
        }
        return projected;
    }

    /** A row by name with some of the fields. */
    public static Row project(Row row, String[] fieldNames) {
        Row projected = withNames(row.kind);
        for (String name : fieldNames) {
            projected.setField(name, row.getField(name));
        }
        return projected;
    }

    /**
     * A row by position with the fields of several, and the kind of the first.
     *
     * @throws IllegalArgumentException if one is by name
     */
    public static Row join(Row first, Row... remainings) {
        int arity = first.getArity();
        requirePositions(first);
        for (Row row : remainings) {
            requirePositions(row);
            arity += row.getArity();
        }
        Row joined = withPositions(first.kind, arity);
        int at = first.fieldByPosition.length;
        System.arraycopy(first.fieldByPosition, 0, joined.fieldByPosition, 0, at);
        for (Row row : remainings) {
            System.arraycopy(
                    row.fieldByPosition, 0, joined.fieldByPosition, at, row.fieldByPosition.length);
            at += row.fieldByPosition.length;
        }
        return joined;
    }

    private static void requirePositions(Row row) {
        if (row.fieldByPosition == null) {
            throw new IllegalArgumentException(
                    "All rows must operate in position-based field mode.");
        }
    }

    /**
     * Kind and all fields are equal, arrays, lists and maps by their content. A row that has names
     * and positions equals rows with the same values at the positions, and rows by name that leave
     * out nothing but nulls.
     */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Row that) || kind != that.kind) {
            return false;
        }
        if (fieldByPosition != null && that.fieldByPosition != null) {
            return DeepValues.equal(fieldByPosition, that.fieldByPosition);
        }
        if (fieldByName != null && that.fieldByName != null) {
            return DeepValues.equal(fieldByName, that.fieldByName);
        }
        return fieldByName != null ? that.hasFieldsOf(this) : hasFieldsOf(that);
    }

    /** Whether this, by position, has the fields of a row by name, and null in all others. */
    private boolean hasFieldsOf(Row named) {
        return positionByName != null
                && positionByName.keySet().containsAll(named.fieldByName.keySet())
                && positionByName.keySet().stream()
                        .allMatch(
                                name ->
                                        DeepValues.equal(
                                                getField(name), named.fieldByName.get(name)));
    }

    /**
     * By position if that is possible, so that a row by name has another hash than an equal one by
     * position and name.
     */
    @Override
    public int hashCode() {
        return 31 * kind.toByteValue()
                + DeepValues.hash(fieldByPosition != null ? fieldByPosition : fieldByName);
    }

    @Override
    public String toString() {
        return RowText.of(kind, fieldByPosition, fieldByName);
    }
}
