package org.fovea.core.text;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Description of a tokenizer.
 *
 * @param tokenizer content of {@code tokenizer.json}, or its equivalent
 * @param config content of {@code tokenizer_config.json}, which names tokens with a task
 */
record TokenizerContent(JsonNode tokenizer, JsonNode config) {}
