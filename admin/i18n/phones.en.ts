/** Words of the simulator's microphone. */
export const phonesEn = {
  recordVoice: 'Record a voice note',
  recordVoiceHint:
    'Record with your microphone, up to a minute. The sandbox’s own transcriber understands only the sample; with WHISPER_API_KEY set, yours is understood too.',
  recordingVoice: 'Recording',
  sendVoice: 'Send the voice note',
  discardVoice: 'Discard the voice note',
  micRefused:
    'The browser may not use the microphone. Allow it beside the address, or send the sample voice note.',
  micNone: 'No microphone was found. Connect one, or send the sample voice note.',
  micInsecure:
    'A browser records only over HTTPS or on this machine itself. Open the admin so, or send the sample voice note.',
  micFailed: 'This browser could not record. Try again, or send the sample voice note.',
} as const;
