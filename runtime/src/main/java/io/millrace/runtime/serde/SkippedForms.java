package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes over values of written forms without making them: their classes may be gone. Each reader
 * returns null. Confined to one making.
 */
final class SkippedForms {
    private final SerializerCompiler compiler;
    private final Map<Written, LateReader> made = new IdentityHashMap<>();

    SkippedForms(SerializerCompiler compiler) {
        this.compiler = compiler;
    }

    ValueReader of(Written written, WrittenLevel in) {
        return switch (written.kind()) {
            case SCALAR -> {
                Serializer<?> serializer = ScalarSerializer.of(((Written.ScalarOf) written).type());
                yield bytes -> {
                    serializer.read(bytes);
                    return null;
                };
            }
            case ENUM ->
                    bytes -> {
                        bytes.readVarInt();
                        return null;
                    };
            case STRUCT, UNION -> nested(written, in);
            case SEQUENCE -> elements(of(((Written.Sequence) written).element(), in), null);
            case ARRAY -> elements(of(((Written.ArrayOf) written).element(), in), null);
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield elements(of(mapping.key(), in), of(mapping.value(), in));
            }
            case OPTIONAL -> {
                ValueReader value = of(((Written.OptionalOf) written).value(), in);
                yield bytes -> bytes.readBoolean() ? value.read(bytes) : null;
            }
            case OPEN -> {
                ValueReader exact = of(((Written.Open) written).exact(), in);
                yield bytes -> bytes.readByte() == 0 ? exact.read(bytes) : skipAny(bytes);
            }
            case ANY -> this::skipAny;
            case ENCLOSING -> {
                WrittenLevel level = in.up(((Written.Enclosing) written).levels());
                yield of(level.node(), level.around());
            }
            case ROW -> row((Written.RowOf) written, in);
            case CUSTOM ->
                    bytes -> {
                        bytes.skip(bytes.readInt());
                        return null;
                    };
        };
    }

    private Object skipAny(BinaryReader in) {
        compiler.any().skip(in);
        return null;
    }

    private ValueReader nested(Written written, WrittenLevel in) {
        LateReader known = made.get(written);
        if (known != null) {
            return known;
        }
        LateReader late = new LateReader();
        made.put(written, late);
        WrittenLevel inside = new WrittenLevel(written, in);
        if (written instanceof Written.Union union) {
            List<ValueReader> cases = new ArrayList<>();
            union.cases().forEach(one -> cases.add(of(one, inside)));
            late.is(
                    bytes ->
                            cases.get(EvolvedValues.index(bytes, cases.size(), union.type()))
                                    .read(bytes));
        } else {
            late.is(struct((Written.Struct) written, inside));
        }
        return late;
    }

    private ValueReader struct(Written.Struct struct, WrittenLevel inside) {
        WrittenFields fields = new WrittenFields(struct.fields());
        List<ValueReader> readers = new ArrayList<>();
        struct.fields().forEach(field -> readers.add(of(field.written(), inside)));
        return bytes -> {
            fields.walk(
                    bytes,
                    (field, present) -> {
                        if (present) {
                            readers.get(field).read(bytes);
                        }
                    });
            return null;
        };
    }

    /**
     * @param second null if there is one value for each element
     */
    private static ValueReader elements(ValueReader first, ValueReader second) {
        return in -> {
            int header = in.readVarInt();
            boolean nulls = Elements.nulls(header);
            for (int left = Elements.size(header, in); left > 0; left--) {
                if (!nulls || in.readByte() != 0) {
                    first.read(in);
                }
                if (second != null && (!nulls || in.readByte() != 0)) {
                    second.read(in);
                }
            }
            return null;
        };
    }

    private ValueReader row(Written.RowOf row, WrittenLevel in) {
        if (!row.known()) {
            Serializer<Object> open = compiler.compile(new Schema.RowOf(false, List.of()));
            return bytes -> {
                open.read(bytes);
                return null;
            };
        }
        ValueReader[] readers = new ValueReader[row.fields().size()];
        int[] targets = new int[readers.length];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = of(row.fields().get(i).written(), in);
            targets[i] = -1;
        }
        EvolvedRow reader = new EvolvedRow(readers, targets, Map.of());
        return bytes -> {
            reader.read(bytes);
            return null;
        };
    }
}
