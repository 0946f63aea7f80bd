package io.millrace.api.serialization;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.type.TypeInfoFactory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** The serializer configuration that a program makes. Not thread-safe. */
public final class SerializerSettings implements SerializerConfig {
    private static final long serialVersionUID = 1L;

    private boolean genericTypes = true;

    @Override
    public LinkedHashMap<Class<?>, java.io.Serializable> getRegisteredTypesWithKryoSerializers() {
        return new LinkedHashMap<>();
    }

    @Override
    public LinkedHashMap<Class<?>, Class<?>> getRegisteredTypesWithKryoSerializerClasses() {
        return new LinkedHashMap<>();
    }

    @Override
    public LinkedHashMap<Class<?>, java.io.Serializable> getDefaultKryoSerializers() {
        return new LinkedHashMap<>();
    }

    @Override
    public LinkedHashMap<Class<?>, Class<?>> getDefaultKryoSerializerClasses() {
        return new LinkedHashMap<>();
    }

    @Override
    public LinkedHashSet<Class<?>> getRegisteredKryoTypes() {
        return new LinkedHashSet<>();
    }

    @Override
    public LinkedHashSet<Class<?>> getRegisteredPojoTypes() {
        return new LinkedHashSet<>();
    }

    @Override
    public Map<Class<?>, Class<? extends TypeInfoFactory<?>>> getRegisteredTypeInfoFactories() {
        return Map.of();
    }

    @Override
    public boolean hasGenericTypesDisabled() {
        return !genericTypes;
    }

    /** Whether types of which only the class is known are allowed; they are by default. */
    public void setGenericTypes(boolean genericTypes) {
        this.genericTypes = genericTypes;
    }

    @Override
    public boolean isForceKryoEnabled() {
        return false;
    }

    @Override
    public boolean isForceAvroEnabled() {
        return false;
    }

    @Override
    public void configure(ReadableConfig configuration, ClassLoader classLoader) {
        configuration
                .getOptional(ConfigOption.of(ProgramOptions.GENERIC_TYPES))
                .ifPresent(this::setGenericTypes);
    }

    @Override
    public SerializerSettings copy() {
        SerializerSettings copy = new SerializerSettings();
        copy.genericTypes = genericTypes;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerializerSettings that && genericTypes == that.genericTypes;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(genericTypes);
    }

    @Override
    public String toString() {
        return "SerializerSettings[genericTypes=" + genericTypes + "]";
    }
}
