package io.millrace.api.serialization;

import io.millrace.api.option.ReadableConfig;
import io.millrace.api.type.TypeInfoFactory;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * How the serializers of a program are chosen. The engine generates a serializer for every class
 * from its fields, so nothing has to be registered for a fall-back: what a program asks about such
 * registrations is always empty. Not thread-safe; {@link SerializerSettings} is the one to make.
 */
public interface SerializerConfig extends Serializable {
    /** Always empty: there is no fall-back serializer with registrations. */
    LinkedHashMap<Class<?>, Serializable> getRegisteredTypesWithKryoSerializers();

    /** Always empty: there is no fall-back serializer with registrations. */
    LinkedHashMap<Class<?>, Class<?>> getRegisteredTypesWithKryoSerializerClasses();

    /** Always empty: there is no fall-back serializer with registrations. */
    LinkedHashMap<Class<?>, Serializable> getDefaultKryoSerializers();

    /** Always empty: there is no fall-back serializer with registrations. */
    LinkedHashMap<Class<?>, Class<?>> getDefaultKryoSerializerClasses();

    /** Always empty: there is no fall-back serializer with registrations. */
    LinkedHashSet<Class<?>> getRegisteredKryoTypes();

    /** Always empty: POJOs need no registration. */
    LinkedHashSet<Class<?>> getRegisteredPojoTypes();

    /** Always empty: a class names its factory with {@code TypeInfo}. */
    Map<Class<?>, Class<? extends TypeInfoFactory<?>>> getRegisteredTypeInfoFactories();

    /** Whether a type of which only the class is known ends in an error. */
    boolean hasGenericTypesDisabled();

    /** Always false: there is no second form. */
    boolean isForceKryoEnabled();

    /** Always false: classes made by Avro are described as such without asking. */
    boolean isForceAvroEnabled();

    /** Takes over what {@code configuration} sets. */
    void configure(ReadableConfig configuration, ClassLoader classLoader);

    SerializerConfig copy();
}
