package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.type.GenericTypes;
import io.millrace.api.type.SerializerProvider;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;

/** Gives programs the engine's serializers. Stateless; made by the service loader. */
public final class EngineSerializerProvider implements SerializerProvider {
    /** For the service loader. */
    public EngineSerializerProvider() {}

    @Override
    public <T> TypeSerializer<T> serializerOf(TypeInformation<T> type, SerializerConfig config) {
        if (config.hasGenericTypesDisabled()) {
            GenericTypes.refuseIn(type);
        }
        return new DescribedTypeSerializer<>(type);
    }

    @Override
    public <T> TypeSerializer<T> readerOf(byte[] writtenSchema, ClassLoader userLoader) {
        return new RestoredTypeSerializer<>(writtenSchema, userLoader);
    }

    @Override
    public <T> TypeSerializerSchemaCompatibility<T> compatibility(
            byte[] writtenSchema, byte[] schemaNow, ClassLoader userLoader) {
        if (Arrays.equals(writtenSchema, schemaNow)) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        try {
            Evolution.check(
                    WrittenSchema.parse(writtenSchema).root(),
                    WrittenSchema.parse(schemaNow).root(),
                    new SerializerCompiler(userLoader));
            return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.SCHEMA_INCOMPATIBLE) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            throw e;
        }
    }

    @Override
    public byte[] writeJava(Object value, String where) {
        return JavaSerialization.write(value, where);
    }

    @Override
    public <T> T readJava(byte[] bytes, ClassLoader userLoader, Class<T> type) {
        return JavaSerialization.read(bytes, userLoader, type);
    }
}
