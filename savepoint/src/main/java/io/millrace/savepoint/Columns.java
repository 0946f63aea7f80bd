package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the columns of written forms. Confined to one making. */
final class Columns {
    /** Of the outermost struct or union first. */
    private final List<Written> around = new ArrayList<>();

    private final List<String> path = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /**
     * A part that others cannot read.
     *
     * @param column with dots
     * @param reason a sentence
     */
    record Warning(String column, String reason) {}

    /** What was said of parts that became bytes. */
    List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * @param name of the column that it is for
     */
    Column of(String name, Written written) {
        path.add(name);
        Column column = make(written);
        path.remove(path.size() - 1);
        return column;
    }

    private Column make(Written written) {
        return switch (written.kind()) {
            case SCALAR -> scalar(((Written.ScalarOf) written).type());
            case ENUM -> new EnumColumn(((Written.EnumOf) written).constants());
            case STRUCT -> struct((Written.Struct) written);
            case UNION -> union((Written.Union) written);
            case SEQUENCE -> new ListColumn(of("element", ((Written.Sequence) written).element()));
            case ARRAY -> new ListColumn(of("element", ((Written.ArrayOf) written).element()));
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield new MapColumn(
                        of("key", mapping.key()),
                        of("value", mapping.value()),
                        PlainValues.of(mapping.key(), around),
                        PlainValues.of(mapping.value(), around));
            }
            case OPTIONAL ->
                    new OptionalColumn(of("value", ((Written.OptionalOf) written).value()));
            case OPEN -> open((Written.Open) written);
            case ANY -> opaque(written, "its type is only known from each value");
            case ENCLOSING -> opaque(written, "it contains values of the type that it is part of");
            case ROW -> {
                Written.RowOf row = (Written.RowOf) written;
                yield row.known()
                        ? row(row)
                        : opaque(written, "it is a row whose fields differ from row to row");
            }
            case CUSTOM -> {
                warn(
                        "it is written by the program's own serializer of "
                                + ((Written.Custom) written).type());
                yield new OpaqueColumn(null);
            }
        };
    }

    private Column opaque(Written written, String reason) {
        warn(reason);
        return new OpaqueColumn(PlainValues.of(written, around));
    }

    private void warn(String reason) {
        warnings.add(new Warning(String.join(".", path), reason));
    }

    private static Column scalar(Scalar scalar) {
        return switch (scalar) {
            case BIG_DECIMAL -> new DecimalColumn();
            case BOOLEANS -> new ArrayColumn(scalar, Scalar.BOOLEAN);
            case SHORTS -> new ArrayColumn(scalar, Scalar.SHORT);
            case INTS -> new ArrayColumn(scalar, Scalar.INT);
            case LONGS -> new ArrayColumn(scalar, Scalar.LONG);
            case FLOATS -> new ArrayColumn(scalar, Scalar.FLOAT);
            case DOUBLES -> new ArrayColumn(scalar, Scalar.DOUBLE);
            default -> new ScalarColumn(scalar);
        };
    }

    private Column struct(Written.Struct struct) {
        if (struct.fields().isEmpty()) {
            return StructColumn.withoutFields(new ScalarColumn(Scalar.BOOLEAN));
        }
        around.add(struct);
        Names names = new Names();
        List<String> named = new ArrayList<>();
        List<Column> parts = new ArrayList<>();
        fields(struct.fields(), names, named, parts);
        around.remove(around.size() - 1);
        return new StructColumn(named, parts, struct.fields());
    }

    private void fields(
            List<Written.Field> fields, Names names, List<String> named, List<Column> parts) {
        for (Written.Field field : fields) {
            String name = names.of(field.name());
            named.add(name);
            parts.add(of(name, field.written()));
        }
    }

    private Column open(Written.Open open) {
        if (open.exact() instanceof Written.Enclosing) {
            return opaque(open, "it contains values of the type that it is part of");
        }
        OpaqueColumn subclasses = new OpaqueColumn(PlainValues.of(new Written.Any()));
        if (open.exact() instanceof Written.Struct struct) {
            around.add(struct);
            Names names = new Names();
            List<String> named = new ArrayList<>();
            List<Column> parts = new ArrayList<>();
            fields(struct.fields(), names, named, parts);
            around.remove(around.size() - 1);
            return OpenColumn.ofFields(
                    named, parts, struct.fields(), names.of("_subclass"), subclasses);
        }
        return OpenColumn.of(of("value", open.exact()), "_subclass", subclasses);
    }

    private Column union(Written.Union union) {
        around.add(union);
        Names names = new Names();
        String tag = names.of("case");
        List<String> named = new ArrayList<>();
        List<Column> parts = new ArrayList<>();
        for (Written one : union.cases()) {
            String name = names.of(simpleName(one));
            named.add(name);
            parts.add(of(name, one));
        }
        around.remove(around.size() - 1);
        return new UnionColumn(tag, named, parts);
    }

    /** The name of a case's class without package and enclosing class. */
    private static String simpleName(Written written) {
        String name =
                switch (written.kind()) {
                    case STRUCT -> ((Written.Struct) written).type();
                    case OPEN -> ((Written.Open) written).type();
                    case ENUM -> ((Written.EnumOf) written).type();
                    case UNION -> ((Written.Union) written).type();
                    case CUSTOM -> ((Written.Custom) written).type();
                    default -> "value";
                };
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private Column row(Written.RowOf row) {
        Names names = new Names();
        List<String> named = new ArrayList<>();
        List<Column> parts = new ArrayList<>();
        fields(row.fields(), names, named, parts);
        return new RowColumn(named, parts, names.of("_kind"));
    }

    /** Gives each part of a group a name of its own. */
    private static final class Names {
        private final Set<String> taken =
                new HashSet<>(); // in lower case: SQL does not tell them apart

        String of(String wanted) {
            String base = wanted.isEmpty() ? "_" : wanted;
            String name = base;
            for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = base + "_" + number;
            }
            return name;
        }
    }
}
