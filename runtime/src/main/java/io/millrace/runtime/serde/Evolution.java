package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes readers of older forms: fields are found by name, so they may have been added (they keep
 * what the constructor gives them; null or zero in a record), removed (skipped), reordered, or
 * widened. Anything else ends in {@code SCHEMA_INCOMPATIBLE}. Confined to one making.
 */
final class Evolution {
    private final SerializerCompiler compiler;
    private final NaturalSchema natural;
    private final SkippedForms skipped;
    private final List<String> path = new ArrayList<>();
    private final Map<Written, Map<Schema, LateReader>> made = new IdentityHashMap<>();

    private Evolution(SerializerCompiler compiler) {
        this.compiler = compiler;
        this.natural = new NaturalSchema(compiler.userLoader());
        this.skipped = new SkippedForms(compiler);
    }

    /**
     * A serializer that reads {@code written} into values of {@code now}.
     *
     * @param now {@link Schema.Any} for the classes of the same names as they are now
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE} naming class, field and both types
     */
    static Serializer<Object> reader(Written written, Schema now, SerializerCompiler compiler) {
        Evolution evolution = new Evolution(compiler);
        try {
            Schema target =
                    now.kind() == Schema.Kind.ANY ? evolution.natural.of(written, null) : now;
            if (target.kind() != Schema.Kind.ANY && Written.of(target).equals(written)) {
                return compiler.compile(target);
            }
            ValueReader reader = evolution.make(written, null, now, null);
            return new EvolvedSerializer(
                    reader,
                    evolution.skipped.of(written, null),
                    target.kind() == Schema.Kind.ANY ? compiler.any() : compiler.compile(target));
        } catch (SchemaMismatch e) {
            throw evolution.incompatible(e);
        }
    }

    /**
     * Whether what was written can be read by who writes {@code now} today.
     *
     * @throws MillraceException as {@link #reader}
     */
    static void check(Written written, Written now, SerializerCompiler compiler) {
        Evolution evolution = new Evolution(compiler);
        try {
            evolution.make(written, null, evolution.natural.exactly(now), null);
        } catch (SchemaMismatch e) {
            throw evolution.incompatible(e);
        }
    }

    /** Same as {@link #reader}; where the classes do not fit, values can still be skipped. */
    static Serializer<Object> lenientReader(Written written, SerializerCompiler compiler) {
        try {
            return reader(written, new Schema.Any(), compiler);
        } catch (MillraceException e) {
            return EvolvedSerializer.unreadable(
                    e, new SkippedForms(compiler).of(written, null), compiler.any());
        }
    }

    private MillraceException incompatible(SchemaMismatch e) {
        String owner = path.isEmpty() ? "" : path.get(0);
        String field = String.join(".", path.subList(Math.min(1, path.size()), path.size()));
        return new MillraceException(
                ErrorCode.SCHEMA_INCOMPATIBLE,
                "stored data"
                        + (owner.isEmpty() ? "" : " of " + owner)
                        + " cannot be read into the classes of today: "
                        + (field.isEmpty() ? "it" : "its part '" + field + "'")
                        + " was written as "
                        + e.written()
                        + " and is "
                        + e.now()
                        + " now. Fields may be added, removed, reordered and widened; for any other"
                        + " change keep the old field and add a new one beside it.");
    }

    private ValueReader part(
            String name, Written written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        path.add(name);
        ValueReader reader = make(written, in, now, nowIn);
        path.remove(path.size() - 1);
        return reader;
    }

    private ValueReader make(Written written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        if (written instanceof Written.Enclosing enclosing) {
            WrittenLevel level = in.up(enclosing.levels());
            return make(level.node(), level.around(), now, nowIn);
        }
        if (now instanceof Schema.Enclosing enclosing) {
            SchemaLevel level = nowIn.up(enclosing.levels());
            return make(written, in, level.node(), level.around());
        }
        if (written.kind() == Schema.Kind.CUSTOM || now.kind() == Schema.Kind.CUSTOM) {
            return custom(written, now);
        }
        if (now.kind() == Schema.Kind.ANY) {
            return written.kind() == Schema.Kind.ANY
                    ? compiler.any()::read
                    : make(written, in, natural.of(written, in), null);
        }
        if (written.kind() == Schema.Kind.ANY) {
            return anyAs(now);
        }
        if (written instanceof Written.Open open) {
            Schema exact = now instanceof Schema.Open nowOpen ? nowOpen.exact() : now;
            ValueReader reader = make(open.exact(), in, exact, nowIn);
            ValueReader other = anyAs(now);
            return bytes -> bytes.readByte() == 0 ? reader.read(bytes) : other.read(bytes);
        }
        if (now instanceof Schema.Open open) {
            return make(written, in, open.exact(), nowIn);
        }
        boolean nests = written.kind() == Schema.Kind.STRUCT || written.kind() == Schema.Kind.UNION;
        return nests ? nested(written, in, now, nowIn) : flat(written, in, now, nowIn);
    }

    /** What is found at run time, where the place has become more special. */
    private ValueReader anyAs(Schema now) {
        Class<?> type = classOf(now);
        return in -> {
            Object value = compiler.any().read(in);
            if (value != null && type != null && !type.isInstance(value)) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_INCOMPATIBLE,
                        "stored data has a "
                                + value.getClass().getName()
                                + " where the class of today has a "
                                + type.getName());
            }
            return value;
        };
    }

    private static Class<?> classOf(Schema now) {
        return switch (now.kind()) {
            case SCALAR -> ((Schema.ScalarOf) now).type().type();
            case ENUM -> ((Schema.EnumOf) now).type();
            case STRUCT -> ((Schema.Struct) now).type();
            case UNION -> ((Schema.Union) now).type();
            case SEQUENCE -> ((Schema.Sequence) now).form().type;
            case MAPPING -> ((Schema.Mapping) now).form().type;
            case ARRAY -> ((Schema.ArrayOf) now).elementType().arrayType();
            case OPTIONAL -> Optional.class;
            case OPEN -> ((Schema.Open) now).type();
            case ROW -> io.millrace.api.type.Row.class;
            case ANY, ENCLOSING, CUSTOM -> null;
        };
    }

    /** Structs and unions may contain themselves: one reader for each pair. */
    private ValueReader nested(Written written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        Map<Schema, LateReader> readers =
                made.computeIfAbsent(written, key -> new IdentityHashMap<>());
        LateReader known = readers.get(now);
        if (known != null) {
            return known;
        }
        LateReader late = new LateReader();
        readers.put(now, late);
        boolean root = path.isEmpty();
        if (root) {
            path.add(typeName(written, in));
        }
        late.is(
                written instanceof Written.Union union
                        ? union(union, in, now, nowIn)
                        : fromStruct((Written.Struct) written, in, now, nowIn));
        if (root) {
            path.remove(0);
        }
        return late;
    }

    private ValueReader fromStruct(
            Written.Struct written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        if (now instanceof Schema.Union union) {
            // The class has become one of a sealed family.
            for (Schema one : union.cases()) {
                SchemaLevel inside = new SchemaLevel(union, nowIn);
                if (isCase(one, inside, written.type())) {
                    return make(written, in, one, inside);
                }
            }
        }
        if (!(now instanceof Schema.Struct struct)
                || !EarlierNames.has(struct.type(), written.type())) {
            throw EvolvedValues.mismatch(written, now);
        }
        return struct(
                written, new WrittenLevel(written, in), struct, new SchemaLevel(struct, nowIn));
    }

    private ValueReader struct(
            Written.Struct written, WrittenLevel in, Schema.Struct now, SchemaLevel nowIn) {
        Map<String, Integer> places = EarlierNames.places(now, written);
        int count = written.fields().size();
        ValueReader[] readers = new ValueReader[count];
        int[] targets = new int[count];
        for (int i = 0; i < count; i++) {
            Written.Field field = written.fields().get(i);
            targets[i] = places.getOrDefault(field.name(), -1);
            if (targets[i] < 0) {
                readers[i] = skipped.of(field.written(), in);
            } else {
                Schema.Field nowField = now.fields().get(targets[i]);
                readers[i] = part(field.name(), field.written(), in, nowField.schema(), nowIn);
            }
        }
        return new EvolvedStruct(
                new WrittenFields(written.fields()), readers, targets, StructMaker.of(now));
    }

    private ValueReader union(
            Written.Union written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        if (!(now instanceof Schema.Union union)
                || !EarlierNames.has(union.type(), written.type())) {
            throw EvolvedValues.mismatch(written, now);
        }
        WrittenLevel inside = new WrittenLevel(written, in);
        SchemaLevel nowInside = new SchemaLevel(union, nowIn);
        Map<String, Schema> byName = new HashMap<>();
        for (Schema one : union.cases()) {
            byName.put(typeName(one, nowInside), one);
        }
        ValueReader[] readers = new ValueReader[written.cases().size()];
        for (int i = 0; i < readers.length; i++) {
            Written one = written.cases().get(i);
            String name = typeName(one, inside);
            Schema target = byName.getOrDefault(name, renamed(union, nowInside, name));
            readers[i] =
                    target != null
                            ? part(name, one, inside, target, nowInside)
                            : new GoneReader("the case " + name + " of " + written.type());
        }
        return bytes ->
                readers[EvolvedValues.index(bytes, readers.length, written.type())].read(bytes);
    }

    private ValueReader flat(Written written, WrittenLevel in, Schema now, SchemaLevel nowIn) {
        if (written.kind() != now.kind()) {
            throw EvolvedValues.mismatch(written, now);
        }
        return switch (written.kind()) {
            case SCALAR -> EvolvedValues.scalar((Written.ScalarOf) written, (Schema.ScalarOf) now);
            case ENUM -> EvolvedValues.constant((Written.EnumOf) written, (Schema.EnumOf) now);
            case SEQUENCE -> {
                Schema.SequenceForm form = ((Schema.Sequence) now).form();
                ValueReader element =
                        part(
                                "[]",
                                ((Written.Sequence) written).element(),
                                in,
                                ((Schema.Sequence) now).element(),
                                nowIn);
                yield bytes -> EvolvedValues.readSequence(bytes, form, element);
            }
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                Schema.Mapping target = (Schema.Mapping) now;
                ValueReader key = part("key", mapping.key(), in, target.key(), nowIn);
                ValueReader value = part("value", mapping.value(), in, target.value(), nowIn);
                yield bytes -> EvolvedValues.readMapping(bytes, target.form(), key, value);
            }
            case ARRAY -> {
                Schema.ArrayOf target = (Schema.ArrayOf) now;
                ValueReader element =
                        part(
                                "[]",
                                ((Written.ArrayOf) written).element(),
                                in,
                                target.element(),
                                nowIn);
                yield bytes -> EvolvedValues.readArray(bytes, target.elementType(), element);
            }
            case OPTIONAL -> {
                ValueReader value =
                        make(
                                ((Written.OptionalOf) written).value(),
                                in,
                                ((Schema.OptionalOf) now).value(),
                                nowIn);
                yield bytes ->
                        bytes.readBoolean()
                                ? Optional.ofNullable(value.read(bytes))
                                : Optional.empty();
            }
            case ROW -> row((Written.RowOf) written, in, (Schema.RowOf) now, nowIn);
            case STRUCT, UNION, OPEN, ANY, ENCLOSING, CUSTOM ->
                    throw new IllegalStateException("handled before: " + written.kind());
        };
    }

    private ValueReader row(
            Written.RowOf written, WrittenLevel in, Schema.RowOf now, SchemaLevel nowIn) {
        if (!written.known() || !now.known()) {
            if (written.known() != now.known()) {
                throw EvolvedValues.mismatch(written, now);
            }
            return compiler.compile(now)::read;
        }
        Map<String, Integer> positions = RowSerializer.positions(now.fields());
        ValueReader[] readers = new ValueReader[written.fields().size()];
        int[] targets = new int[readers.length];
        for (int i = 0; i < readers.length; i++) {
            Written.Field field = written.fields().get(i);
            targets[i] = positions.getOrDefault(field.name(), -1);
            readers[i] =
                    targets[i] < 0
                            ? skipped.of(field.written(), in)
                            : part(
                                    field.name(),
                                    field.written(),
                                    in,
                                    now.fields().get(targets[i]).schema(),
                                    nowIn);
        }
        return new EvolvedRow(readers, targets, positions);
    }

    @SuppressWarnings("unchecked") // the type says what its serializer serializes
    private ValueReader custom(Written written, Schema now) {
        if (!(written instanceof Written.Custom custom)
                || now.kind() != Schema.Kind.CUSTOM && now.kind() != Schema.Kind.ANY) {
            throw EvolvedValues.mismatch(written, now);
        }
        TypeSerializerSnapshot<Object> old =
                CustomSnapshots.read(custom.snapshot().content(), compiler.userLoader());
        TypeSerializer<Object> chosen = null;
        if (now instanceof Schema.Custom target) {
            TypeSerializer<Object> own =
                    ((CustomSerializer) (Serializer<?>) compiler.compile(target)).prototype();
            TypeSerializerSchemaCompatibility<Object> answer =
                    own.snapshotConfiguration().resolveSchemaCompatibility(old);
            if (answer.isIncompatible()) {
                throw new SchemaMismatch(
                        "by an older serializer of " + custom.type(),
                        "what " + own.getClass().getName() + " says it cannot read");
            }
            if (answer.isCompatibleAsIs()) {
                chosen = own;
            } else if (answer.isCompatibleWithReconfiguredSerializer()) {
                chosen = answer.getReconfiguredSerializer();
            }
        }
        SerializerPool pool = new SerializerPool(chosen != null ? chosen : old.restoreSerializer());
        return in -> {
            TypeSerializer<Object> serializer = pool.take();
            Object value = CustomSerializer.read(serializer, in);
            pool.giveBack(serializer);
            return value;
        };
    }

    /** The case that had this name, or null. */
    private static Schema renamed(Schema.Union union, SchemaLevel inside, String name) {
        return union.cases().stream()
                .filter(one -> isCase(one, inside, name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isCase(Schema one, SchemaLevel inside, String name) {
        Class<?> type = one instanceof Schema.Enclosing ? null : classOf(one);
        return name.equals(typeName(one, inside)) || type != null && EarlierNames.has(type, name);
    }

    private static String typeName(Written written, WrittenLevel in) {
        return switch (written.kind()) {
            case STRUCT -> ((Written.Struct) written).type();
            case UNION -> ((Written.Union) written).type();
            case OPEN -> ((Written.Open) written).type();
            case CUSTOM -> ((Written.Custom) written).type();
            case ENCLOSING -> typeName(in.up(((Written.Enclosing) written).levels()).node(), null);
            default -> WrittenText.of(written);
        };
    }

    private static String typeName(Schema schema, SchemaLevel in) {
        return schema instanceof Schema.Enclosing enclosing
                ? typeName(in.up(enclosing.levels()).node(), null)
                : typeName(Written.of(schema), null);
    }
}
