package io.millrace.rocks;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;

/**
 * How one table lies in the database. Confined to one thread; the task and the snapshot thread have
 * one each.
 *
 * <pre>
 * key   := key group (2 bytes, big endian), key, [namespace], [map key]
 * value := value                       VALUE
 *        | element*                    LIST; appending an element is appending its bytes
 *        | has a value, [value]        MAP
 * </pre>
 *
 * A reader of a serialized value knows where it ends, so no key is the beginning of another one,
 * and none needs a length.
 */
final class TableCodec {
    private static final int FIRST_KEY_BYTES = 64;
    private static final int FIRST_VALUE_BYTES = 256;
    static final int GROUP_BYTES = 2;

    private final Serializer<Object> keys;
    private final Serializer<Object> namespaces;
    private final Serializer<Object> mapKeys;
    private final Serializer<Object> values;
    private final int maxParallelism;
    private final boolean keysDescribe;
    private final boolean valuesDescribe;
    private final BinaryWriter key = new BinaryWriter(FIRST_KEY_BYTES);
    private final BinaryWriter value = new BinaryWriter(FIRST_VALUE_BYTES);

    TableCodec(TableSpec spec, Serializer<Object> keys, int maxParallelism) {
        this(keys, spec.namespaces(), spec.mapKeys(), spec.values(), maxParallelism);
    }

    TableCodec(
            Serializer<Object> keys,
            Serializer<Object> namespacesOrNull,
            Serializer<Object> mapKeysOrNull,
            Serializer<Object> values,
            int maxParallelism) {
        this.keys = keys;
        this.namespaces = namespacesOrNull;
        this.mapKeys = mapKeysOrNull;
        this.values = values;
        this.maxParallelism = maxParallelism;
        this.keysDescribe =
                describes(keys) || describes(namespacesOrNull) || describes(mapKeysOrNull);
        this.valuesDescribe = describes(values);
    }

    private static boolean describes(Serializer<Object> serializerOrNull) {
        return serializerOrNull != null && SchemaTraits.describesItself(serializerOrNull.schema());
    }

    /**
     * Whether keys, namespaces and map keys are no more than their serializers write, so that their
     * bytes mean the same elsewhere.
     */
    boolean plainKeys() {
        return !keysDescribe;
    }

    /** The same of values. */
    boolean plainValues() {
        return !valuesDescribe;
    }

    /** The key; valid until the next call. */
    BinaryWriter key(Object keyObject, Object namespaceOrNull) {
        return key(keyObject, KeyGroups.hash(keyObject), namespaceOrNull);
    }

    BinaryWriter key(Object keyObject, int keyHash, Object namespaceOrNull) {
        key.clear();
        int group = KeyGroups.group(keyHash, maxParallelism);
        key.writeByte(group >>> 8);
        key.writeByte(group);
        describeAnew(key, keysDescribe);
        keys.write(keyObject, key);
        if (namespaces != null) {
            // Each part describes itself from the start, so that its bytes depend on it alone.
            describeAnew(key, keysDescribe);
            namespaces.write(namespaceOrNull, key);
        }
        return key;
    }

    BinaryWriter key(Object keyObject, int keyHash, Object namespaceOrNull, Object mapKey) {
        key(keyObject, keyHash, namespaceOrNull);
        describeAnew(key, keysDescribe);
        mapKeys.write(mapKey, key);
        return key;
    }

    /** A value or an element; valid until the next call. */
    BinaryWriter value(Object object) {
        value.clear();
        appendValue(object);
        return value;
    }

    /** Elements one after another; valid until the next call. */
    BinaryWriter elements(Object[] elements) {
        value.clear();
        for (Object element : elements) {
            appendValue(element);
        }
        return value;
    }

    /** Of a map; valid until the next call. */
    BinaryWriter valueOrNull(Object objectOrNull) {
        value.clear();
        value.writeBoolean(objectOrNull != null);
        if (objectOrNull != null) {
            appendValue(objectOrNull);
        }
        return value;
    }

    private void appendValue(Object object) {
        describeAnew(value, valuesDescribe);
        values.write(object, value);
    }

    /** The bytes of a map key alone. */
    byte[] mapKeyBytes(Object mapKey) {
        value.clear();
        describeAnew(value, keysDescribe);
        mapKeys.write(mapKey, value);
        return value.toByteArray();
    }

    private static void describeAnew(BinaryWriter out, boolean describes) {
        if (describes) {
            out.attach(WriterStructures.selfDescribing());
        }
    }

    Object readKey(BinaryReader in) {
        return read(keys, in, keysDescribe);
    }

    /** Null if the table has none. */
    Object readNamespace(BinaryReader in) {
        return namespaces == null ? null : read(namespaces, in, keysDescribe);
    }

    Object readMapKey(BinaryReader in) {
        return read(mapKeys, in, keysDescribe);
    }

    Object readValue(BinaryReader in) {
        return read(values, in, valuesDescribe);
    }

    Object readValueOrNull(BinaryReader in) {
        return in.readBoolean() ? readValue(in) : null;
    }

    private static Object read(Serializer<Object> serializer, BinaryReader in, boolean described) {
        if (described) {
            in.attach(new io.millrace.runtime.serde.ReaderStructures());
        }
        return serializer.read(in);
    }

    /** The form of the table in checkpoints. */
    TableForm form(TableSpec.Shape shape) {
        return new TableForm(
                shape,
                io.millrace.runtime.serde.WrittenSchema.of(keys),
                namespaces == null ? null : io.millrace.runtime.serde.WrittenSchema.of(namespaces),
                mapKeys == null ? null : io.millrace.runtime.serde.WrittenSchema.of(mapKeys),
                io.millrace.runtime.serde.WrittenSchema.of(values));
    }

    /** What comes behind all keys that begin like this; null if nothing does. */
    static byte[] behind(byte[] prefix, int length) {
        for (int i = length - 1; i >= 0; i--) {
            if (prefix[i] != -1) {
                byte[] next = java.util.Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }

    /** Where the keys of a group begin. */
    static byte[] groupStart(int keyGroup) {
        // Behind the last possible group there is one of three bytes, so that it has a place, too.
        return keyGroup > 0xFFFF
                ? new byte[] {-1, -1, -1}
                : new byte[] {(byte) (keyGroup >>> 8), (byte) keyGroup};
    }
}
