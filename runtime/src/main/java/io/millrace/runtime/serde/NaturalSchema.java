package io.millrace.runtime.serde;

import io.millrace.api.type.Either;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema of today for what was written, where nobody says another: the classes of the same
 * names as they are now. Confined to one making.
 */
final class NaturalSchema {
    private final ClassLoader userLoader;
    private final Map<Written, Schema> made = new IdentityHashMap<>();

    NaturalSchema(ClassLoader userLoader) {
        this.userLoader = userLoader;
    }

    /**
     * @throws SchemaMismatch naming a class that is not there any more
     */
    Schema of(Written written, WrittenLevel around) {
        Schema known = made.get(written);
        if (known == null) {
            known = make(written, around);
            made.put(written, known);
        }
        return known;
    }

    private Schema make(Written written, WrittenLevel around) {
        return switch (written.kind()) {
            case SCALAR -> new Schema.ScalarOf(((Written.ScalarOf) written).type());
            case ENUM -> enumOf(load(((Written.EnumOf) written).type()));
            case STRUCT -> struct((Written.Struct) written, around);
            case UNION -> union((Written.Union) written, around);
            case SEQUENCE -> {
                Written.Sequence sequence = (Written.Sequence) written;
                yield new Schema.Sequence(sequence.form(), of(sequence.element(), around));
            }
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield new Schema.Mapping(
                        mapping.form(), of(mapping.key(), around), of(mapping.value(), around));
            }
            case ARRAY -> {
                Written.ArrayOf array = (Written.ArrayOf) written;
                yield new Schema.ArrayOf(load(array.elementType()), of(array.element(), around));
            }
            case OPTIONAL ->
                    new Schema.OptionalOf(of(((Written.OptionalOf) written).value(), around));
            case OPEN -> ReflectedSchema.of(load(((Written.Open) written).type()));
            case ANY, CUSTOM -> new Schema.Any();
            case ENCLOSING -> {
                WrittenLevel level = around.up(((Written.Enclosing) written).levels());
                yield of(level.node(), level.around());
            }
            case ROW -> {
                Written.RowOf row = (Written.RowOf) written;
                yield new Schema.RowOf(row.known(), fields(row.fields(), around));
            }
        };
    }

    /** The same structure with the classes of the same names, whatever fields they have now. */
    Schema exactly(Written written) {
        return switch (written.kind()) {
            case STRUCT -> {
                Written.Struct struct = (Written.Struct) written;
                yield new Schema.Struct(
                        struct.form(), load(struct.type()), exactly(struct.fields()));
            }
            case UNION -> {
                Written.Union union = (Written.Union) written;
                yield new Schema.Union(
                        load(union.type()), union.cases().stream().map(this::exactly).toList());
            }
            case SEQUENCE -> {
                Written.Sequence sequence = (Written.Sequence) written;
                yield new Schema.Sequence(sequence.form(), exactly(sequence.element()));
            }
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield new Schema.Mapping(
                        mapping.form(), exactly(mapping.key()), exactly(mapping.value()));
            }
            case ARRAY -> {
                Written.ArrayOf array = (Written.ArrayOf) written;
                yield new Schema.ArrayOf(load(array.elementType()), exactly(array.element()));
            }
            case OPTIONAL -> new Schema.OptionalOf(exactly(((Written.OptionalOf) written).value()));
            case OPEN -> {
                Written.Open open = (Written.Open) written;
                yield new Schema.Open(load(open.type()), exactly(open.exact()));
            }
            case ENCLOSING -> new Schema.Enclosing(((Written.Enclosing) written).levels());
            case ROW -> {
                Written.RowOf row = (Written.RowOf) written;
                yield new Schema.RowOf(row.known(), exactly(row.fields()));
            }
            case SCALAR, ENUM, ANY, CUSTOM -> of(written, null);
        };
    }

    private List<Schema.Field> exactly(List<Written.Field> fields) {
        return fields.stream()
                .map(
                        field ->
                                new Schema.Field(
                                        field.name(), field.nullable(), exactly(field.written())))
                .toList();
    }

    private static Schema enumOf(Class<?> type) {
        if (!type.isEnum()) {
            throw new SchemaMismatch("the enum " + type.getName(), "another class");
        }
        return ReflectedSchema.enumOf(type);
    }

    private Schema struct(Written.Struct struct, WrittenLevel around) {
        Class<?> type = load(struct.type());
        WrittenLevel inside = new WrittenLevel(struct, around);
        boolean ours = ReflectedSchema.isTuple(type) || type.getEnclosingClass() == Either.class;
        return ours
                ? new Schema.Struct(struct.form(), type, fields(struct.fields(), inside))
                : ReflectedSchema.ofExactly(type);
    }

    private Schema union(Written.Union union, WrittenLevel around) {
        Class<?> type = load(union.type());
        if (type != Either.class) {
            return ReflectedSchema.of(type);
        }
        WrittenLevel inside = new WrittenLevel(union, around);
        return new Schema.Union(type, union.cases().stream().map(one -> of(one, inside)).toList());
    }

    private List<Schema.Field> fields(List<Written.Field> fields, WrittenLevel around) {
        return fields.stream()
                .map(
                        field ->
                                new Schema.Field(
                                        field.name(),
                                        field.nullable(),
                                        of(field.written(), around)))
                .toList();
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, userLoader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new SchemaMismatch("class " + name, "no such class");
        }
    }
}
