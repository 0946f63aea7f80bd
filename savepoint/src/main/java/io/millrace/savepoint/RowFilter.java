package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A condition about rows of a table, as SQL has them: with {@code null} it is neither true nor
 * false. Immutable; {@link RowFilterText} reads one.
 */
public final class RowFilter {
    private final Node root;
    private final Set<String> columns;

    RowFilter(Node root) {
        this.root = root;
        this.columns = new TreeSet<>();
        root.columns(columns);
    }

    /**
     * @param text {@code key = 'x' and value.times > 3}
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} pointing at the place
     */
    public static RowFilter parse(String text) {
        return RowFilterText.parse(text);
    }

    Node root() {
        return root;
    }

    /** The columns that it asks about, without what is in them. */
    Set<String> columns() {
        return columns;
    }

    /** Whether the condition is true of a row. */
    boolean test(JsonNode row) {
        return Boolean.TRUE.equals(root.of(row));
    }

    /** The keys that rows must have one of, if the condition says so. */
    Optional<List<JsonNode>> keys() {
        return Optional.ofNullable(root.keys());
    }

    /** A place in a row. */
    record Column(List<String> names) {
        Column {
            names = List.copyOf(names);
        }

        JsonNode in(JsonNode row) {
            JsonNode found = row;
            for (String name : names) {
                found = found.path(name);
            }
            return found;
        }

        boolean isKey() {
            return names.equals(List.of("key"));
        }
    }

    /** A condition; null is neither true nor false. */
    interface Node {
        Boolean of(JsonNode row);

        void columns(Set<String> names);

        /** Null if rows with any key may be meant. */
        default List<JsonNode> keys() {
            return null;
        }
    }

    /** How two values are compared. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        NOT_MORE,
        MORE,
        NOT_LESS;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case NOT_MORE -> order <= 0;
                case MORE -> order > 0;
                case NOT_LESS -> order >= 0;
            };
        }
    }

    record And(Node left, Node right) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            Boolean first = left.of(row);
            if (Boolean.FALSE.equals(first)) {
                return false;
            }
            Boolean second = right.of(row);
            return Boolean.FALSE.equals(second) ? Boolean.FALSE : first == null ? null : second;
        }

        @Override
        public void columns(Set<String> names) {
            left.columns(names);
            right.columns(names);
        }

        @Override
        public List<JsonNode> keys() {
            return left.keys() != null ? left.keys() : right.keys();
        }
    }

    record Or(Node left, Node right) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            Boolean first = left.of(row);
            if (Boolean.TRUE.equals(first)) {
                return true;
            }
            Boolean second = right.of(row);
            return Boolean.TRUE.equals(second) ? Boolean.TRUE : first == null ? null : second;
        }

        @Override
        public void columns(Set<String> names) {
            left.columns(names);
            right.columns(names);
        }
    }

    record Not(Node condition) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            Boolean value = condition.of(row);
            return value == null ? null : !value;
        }

        @Override
        public void columns(Set<String> names) {
            condition.columns(names);
        }
    }

    record Comparison(Column column, Operator operator, JsonNode literal) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            Integer order = order(column.in(row), literal);
            return order == null ? null : operator.holds(order);
        }

        @Override
        public void columns(Set<String> names) {
            names.add(column.names().get(0));
        }

        @Override
        public List<JsonNode> keys() {
            return column.isKey() && operator == Operator.EQUAL ? List.of(literal) : null;
        }
    }

    record In(Column column, List<JsonNode> literals) implements Node {
        In {
            literals = List.copyOf(literals);
        }

        @Override
        public Boolean of(JsonNode row) {
            JsonNode value = column.in(row);
            boolean comparable = false;
            for (JsonNode literal : literals) {
                Integer order = order(value, literal);
                if (order != null && order == 0) {
                    return true;
                }
                comparable |= order != null;
            }
            return comparable ? Boolean.FALSE : null;
        }

        @Override
        public void columns(Set<String> names) {
            names.add(column.names().get(0));
        }

        @Override
        public List<JsonNode> keys() {
            return column.isKey() ? literals : null;
        }
    }

    record IsNull(Column column) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            JsonNode value = column.in(row);
            return value.isNull() || value.isMissingNode();
        }

        @Override
        public void columns(Set<String> names) {
            names.add(column.names().get(0));
        }
    }

    record Like(Column column, Pattern pattern) implements Node {
        @Override
        public Boolean of(JsonNode row) {
            JsonNode value = column.in(row);
            return value.isTextual() ? pattern.matcher(value.asText()).matches() : null;
        }

        @Override
        public void columns(Set<String> names) {
            names.add(column.names().get(0));
        }
    }

    /** Null if one of them is absent, or they are of different kinds. */
    static Integer order(JsonNode value, JsonNode literal) {
        if (value.isTextual() && literal.isTextual()) {
            return Integer.signum(value.asText().compareTo(literal.asText()));
        }
        if (value.isNumber() && literal.isNumber()) {
            return isFinite(value) ? value.decimalValue().compareTo(literal.decimalValue()) : null;
        }
        if (value.isBoolean() && literal.isBoolean()) {
            return Boolean.compare(value.asBoolean(), literal.asBoolean());
        }
        return null;
    }

    private static boolean isFinite(JsonNode number) {
        return !number.isDouble() || Double.isFinite(number.asDouble());
    }

    /**
     * Why no row may have been found: the kinds of a column and of what it is compared with.
     *
     * @param row any of the table
     * @return empty if kinds agree
     */
    public String mismatch(JsonNode row) {
        return mismatch(root, row);
    }

    private static String mismatch(Node node, JsonNode row) {
        if (node instanceof And and) {
            String left = mismatch(and.left(), row);
            return left.isEmpty() ? mismatch(and.right(), row) : left;
        }
        if (node instanceof Or or) {
            String left = mismatch(or.left(), row);
            return left.isEmpty() ? mismatch(or.right(), row) : left;
        }
        if (node instanceof Not not) {
            return mismatch(not.condition(), row);
        }
        if (node instanceof Comparison one) {
            return mismatch(one.column(), one.literal(), row);
        }
        return node instanceof In in ? mismatch(in.column(), in.literals().get(0), row) : "";
    }

    private static String mismatch(Column column, JsonNode literal, JsonNode row) {
        JsonNode value = column.in(row);
        if (value.isNull() || value.isMissingNode() || order(value, literal) != null) {
            return value instanceof MissingNode
                    ? "'" + String.join(".", column.names()) + "' is in no row that was looked at"
                    : "";
        }
        return "'"
                + String.join(".", column.names())
                + "' has values like "
                + value
                + ", which cannot be compared with "
                + literal
                + ": texts stand in '…', numbers do not";
    }

    /** A number as decimals, however it was written. */
    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
