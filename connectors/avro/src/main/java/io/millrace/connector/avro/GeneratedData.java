package io.millrace.connector.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Avro's model of one generated class. Confined to its serializer. */
final class GeneratedData extends SpecificData {
    private final KnownClasses known;

    GeneratedData(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        SpecificData conversions = SpecificData.getForClass(type);
        conversions.getConversions().forEach(this::addLogicalTypeConversion);
        known = new KnownClasses(type, getClassName(schema), schema);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature of Avro
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> known.get(getClassName(schema));
            default -> super.getClass(schema);
        };
    }
}
